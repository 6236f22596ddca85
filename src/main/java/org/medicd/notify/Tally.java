package org.medicd.notify;

/**
 * What became of the notices for one channel since the start.
 *
 * @param channel its name
 * @param pending waiting, or being delivered
 * @param delivered told
 * @param failed given up
 */
public record Tally(String channel, int pending, long delivered, long failed) {}
