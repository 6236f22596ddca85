package org.medicd.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program that is attached to a process to tell its stacks. */
interface Debugger {
  /** What gaps call it; also the name of its file, without ".txt". */
  String name();

  /** False if it has nothing to say of this kind of process. */
  boolean concerns(Debuggable target);

  /**
   * Why it must not look at this process, apart from what holds for all debuggers; null: it may.
   */
  @Nullable String objection(Debuggable target);

  List<String> command(int pid);

  /** True if the output has stacks in it. */
  boolean answered(String output);
}
