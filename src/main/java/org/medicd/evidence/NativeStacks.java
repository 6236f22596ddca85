package org.medicd.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Backtraces of all threads by gdb, which stops the process while it looks. */
record NativeStacks(int frames) implements Debugger {
  @Override
  public String name() {
    return "gdb";
  }

  @Override
  public boolean concerns(Debuggable target) {
    return true;
  }

  @Override
  public @Nullable String objection(Debuggable target) {
    return null;
  }

  /**
   * Nothing of the target's files is carried out (auto-load), nothing is fetched from the network
   * (debuginfod), and no arguments are shown: they may be secrets.
   */
  @Override
  public List<String> command(int pid) {
    return List.of(
        "gdb",
        "-nx",
        "-batch",
        "-iex",
        "set auto-load no",
        "-iex",
        "set debuginfod enabled off",
        "-iex",
        "set print frame-arguments none",
        "-iex",
        "set print entry-values no",
        "-iex",
        "set print thread-events off",
        "-p",
        Integer.toString(pid),
        "-ex",
        "thread apply all bt " + frames);
  }

  @Override
  public boolean answered(String output) {
    return output.contains("\n#0 ");
  }
}
