package org.medicd.fact;

/**
 * The sockets of one process, TCP by state; of suspects only. Of a process with very many open
 * files the first are counted, and a gap says so.
 *
 * @param id the process that holds them
 * @param sockets of every kind, each once (/proc/PID/fd)
 * @param established TCP connections that are open (/proc/PID/net/tcp and tcp6, as all below)
 * @param closeWait closed by the peer and not by the process: those that stay have been forgotten
 * @param listen waiting for connections
 * @param synSent waiting for the peer's answer to a connect
 * @param finWait closed by the process for sending, not yet by the peer
 * @param other in a state between these
 */
public record Sockets(
    ProcessId id,
    int sockets,
    int established,
    int closeWait,
    int listen,
    int synSent,
    int finWait,
    int other)
    implements Fact {
  @Override
  public ProcessId key() {
    return id;
  }
}
