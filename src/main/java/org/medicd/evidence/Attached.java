package org.medicd.evidence;

import java.util.List;

/**
 * What looks at a process from within, and disturbs it by that.
 *
 * @param debuggers in the order in which they are asked
 */
record Attached(CallSample calls, List<Debugger> debuggers, Debugging debugging) {
  Attached {
    debuggers = List.copyOf(debuggers);
  }
}
