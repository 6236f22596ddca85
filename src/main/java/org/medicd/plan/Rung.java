package org.medicd.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One step of a ladder.
 *
 * @param action what to do
 * @param patience how long to wait for it to work before the next rung is due
 * @param gate name of the symptom, of the host or of the subject, that must hold for this rung;
 *     null: none
 */
public record Rung(Action action, Duration patience, @Nullable String gate) {}
