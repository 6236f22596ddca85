package org.medicd.cli;

/**
 * What commands have others do for them.
 *
 * @param checks looks over what an admin wrote
 * @param compiling compiles rules
 * @param trials tries rules
 * @param recordings gives access to what was recorded
 * @param alerting tells people
 * @param starter runs the daemon
 */
public record Services(
    Checks checks,
    Compiling compiling,
    Trials trials,
    Recordings recordings,
    Alerting alerting,
    DaemonStarter starter) {}
