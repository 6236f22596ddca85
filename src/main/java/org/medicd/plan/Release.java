package org.medicd.plan;

/**
 * A hold that is to be undone.
 *
 * @param incident id of the incident that it belongs to
 * @param hold what is held
 */
public record Release(String incident, Hold hold) {}
