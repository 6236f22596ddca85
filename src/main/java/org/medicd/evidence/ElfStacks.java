package org.medicd.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Backtraces of all threads by eu-stack (elfutils), which stops the process for less than gdb. */
record ElfStacks(int frames) implements Debugger {
  @Override
  public String name() {
    return "eu-stack";
  }

  @Override
  public boolean concerns(Debuggable target) {
    return true;
  }

  @Override
  public @Nullable String objection(Debuggable target) {
    return null;
  }

  /** No arguments of functions are shown: they may be secrets. */
  @Override
  public List<String> command(int pid) {
    return List.of("eu-stack", "-m", "-n", Integer.toString(frames), "-p", Integer.toString(pid));
  }

  @Override
  public boolean answered(String output) {
    return output.contains("\n#0 ");
  }
}
