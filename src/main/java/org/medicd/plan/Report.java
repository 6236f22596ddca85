package org.medicd.plan;

import org.jspecify.annotations.Nullable;

/**
 * What came of an action, on its way back to its incident.
 *
 * @param incident id
 * @param rung place on the ladder
 * @param outcome how it ended
 * @param evidence folder of what was captured; null for other actions
 */
public record Report(String incident, int rung, Outcome outcome, @Nullable String evidence) {}
