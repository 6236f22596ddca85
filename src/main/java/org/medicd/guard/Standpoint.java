package org.medicd.guard;

import java.time.ZoneId;

/**
 * From where guards judge.
 *
 * @param self pid of the daemon: it and its ancestors are protected; -1: there is none
 * @param zone in which calendars count that name none
 */
public record Standpoint(int self, ZoneId zone) {}
