package org.medicd.record;

import java.time.Instant;

/**
 * One line of the audit trail, which is only ever added to.
 *
 * @param seq counts up; lines are in this order
 * @param at when it happened, as far as the incident tells, else when it was recorded
 * @param incident its id
 * @param what opened, verdict, outcome or closed
 * @param detail in words; may hold names as the kernel has them: escape before showing
 */
public record AuditLine(long seq, Instant at, String incident, String what, String detail) {}
