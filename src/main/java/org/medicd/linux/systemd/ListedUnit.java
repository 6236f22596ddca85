package org.medicd.linux.systemd;

/**
 * A unit as ListUnits tells it.
 *
 * @param name full name, as nginx.service
 * @param loadState loaded, not-found, masked …
 * @param activeState active, failed …
 * @param subState running, dead …
 */
public record ListedUnit(String name, String loadState, String activeState, String subState) {}
