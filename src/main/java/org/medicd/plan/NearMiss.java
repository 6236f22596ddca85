package org.medicd.plan;

/**
 * A condition that kept a rule from matching.
 *
 * @param rule its name
 * @param condition as the author wrote it
 * @param field what it looks at
 * @param value what the field holds; "unknown" where it could not be seen
 * @param needs what it would have to be
 */
public record NearMiss(String rule, String condition, String field, String value, String needs) {}
