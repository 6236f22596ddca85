package org.medicd.plan;

/** How much an incident matters to people, least first. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL
}
