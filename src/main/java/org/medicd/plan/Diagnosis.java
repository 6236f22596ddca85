package org.medicd.plan;

import org.medicd.fact.Subject;

/** A named incident about one subject, concluded from symptoms that lasted. */
public record Diagnosis(String name, Subject subject) {}
