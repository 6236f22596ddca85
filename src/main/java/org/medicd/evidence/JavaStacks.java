package org.medicd.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The thread dump of a Java virtual machine by jstack; the machine goes on meanwhile. */
record JavaStacks() implements Debugger {
  @Override
  public String name() {
    return "jstack";
  }

  @Override
  public boolean concerns(Debuggable target) {
    return target.java();
  }

  @Override
  public @Nullable String objection(Debuggable target) {
    if (target.stopped()) {
      return "the process is stopped: its virtual machine cannot answer";
    }
    return target.catchesQuit() ? null : "it does not catch SIGQUIT, which jstack would send";
  }

  /** Without -l: that walks the whole heap while all threads stand still. */
  @Override
  public List<String> command(int pid) {
    return List.of(
        "jstack",
        "-J-Xmx64m",
        "-J-XX:+UseSerialGC",
        "-J-XX:TieredStopAtLevel=1",
        "-J-XX:-UsePerfData",
        Integer.toString(pid));
  }

  @Override
  public boolean answered(String output) {
    return output.contains("Full thread dump");
  }
}
