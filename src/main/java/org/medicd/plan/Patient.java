package org.medicd.plan;

import org.jspecify.annotations.Nullable;
import org.medicd.fact.Lineage;
import org.medicd.fact.Subject;

/**
 * Whom an incident is about.
 *
 * @param subject process, unit, host, file system, device or group
 * @param comm the kernel's name of the process; null for other subjects
 * @param executable its path; null where unknown
 * @param user whom it runs as; null where unknown
 * @param unit the unit that owns it; null without one
 * @param lineage what a process stands for beyond its pid; null for other subjects
 */
public record Patient(
    Subject subject,
    @Nullable String comm,
    @Nullable String executable,
    @Nullable String user,
    @Nullable String unit,
    @Nullable Lineage lineage) {}
