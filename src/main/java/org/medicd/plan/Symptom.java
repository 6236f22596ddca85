package org.medicd.plan;

import org.medicd.fact.Subject;

/** A condition that holds now about one subject; it ends by itself when it no longer holds. */
public record Symptom(String name, Subject subject) {}
