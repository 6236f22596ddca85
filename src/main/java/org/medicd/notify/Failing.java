package org.medicd.notify;

import java.time.Duration;

/**
 * A channel that does not get rid of its letters.
 *
 * @param channel its name
 * @param lasts for so long no letter went, though one was tried
 */
public record Failing(String channel, Duration lasts) {}
