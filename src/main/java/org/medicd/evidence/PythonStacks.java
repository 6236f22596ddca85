package org.medicd.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stacks of a Python program in its own terms, by py-spy, which stops it while it looks. */
record PythonStacks() implements Debugger {
  @Override
  public String name() {
    return "py-spy";
  }

  @Override
  public boolean concerns(Debuggable target) {
    return target.python();
  }

  @Override
  public @Nullable String objection(Debuggable target) {
    return null;
  }

  /** Without -l: values of variables may be secrets. */
  @Override
  public List<String> command(int pid) {
    return List.of("py-spy", "dump", "--pid", Integer.toString(pid));
  }

  @Override
  public boolean answered(String output) {
    return output.contains("\nThread ");
  }
}
