package org.medicd.fact;

/**
 * The TCP sockets of one process, by state.
 *
 * @param id the process that holds them
 */
public record Sockets(ProcessId id) implements Fact {
  @Override
  public ProcessId key() {
    return id;
  }
}
