package org.medicd.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.medicd.fact.ProcessId;

/** SIGCONT by the kill command; remembers for whom. */
final class Cont implements ContinueSignal {
  final List<ProcessId> sent = new ArrayList<>();

  @Override
  public void send(ProcessId target) throws IOException {
    sent.add(target);
    try {
      new ProcessBuilder("kill", "-CONT", Integer.toString(target.pid())).start().waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
