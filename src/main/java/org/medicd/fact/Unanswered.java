package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/**
 * A process for which somebody waits in vain: on some of its TCP sockets (/proc/net/tcp and tcp6,
 * of the daemon's network namespace) connections are not accepted, or what was sent is not read,
 * and nothing has been taken since. Only processes that hardly use a CPU are looked at.
 *
 * @param id the process that holds the sockets
 * @param sockets that stand like that
 * @param seconds for how long the one that waits longest has
 * @param threads of the process
 * @param lockedThreads of these, those that wait for another thread (in a futex, /proc/PID/wchan)
 * @param otherThreads of these, those that neither do that nor wait for connections to come
 *     (accept, epoll): they do, or wait for, something else
 * @param cpuAvg10 of the process
 */
public record Unanswered(
    ProcessId id,
    int sockets,
    double seconds,
    int threads,
    int lockedThreads,
    int otherThreads,
    @Nullable Double cpuAvg10)
    implements Fact {
  @Override
  public ProcessId key() {
    return id;
  }
}
