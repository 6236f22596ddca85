package org.medicd.linux.kmsg;

import static org.medicd.linux.kmsg.TextForm.COMM;
import static org.medicd.linux.kmsg.TextForm.PID;
import static org.medicd.linux.kmsg.TextForm.group;
import static org.medicd.linux.kmsg.TextForm.number;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEventKind;

/** Tasks and CPUs that do not get on, and bugs of the kernel. */
final class StallTexts {
  private static final List<TextForm> FORMS =
      List.of(
          new TextForm(
              " blocked",
              "INFO: task " + COMM + ":" + PID + " blocked.{0,20} for more than \\d+ seconds\\.",
              m -> KernelMessage.ofProcess(KernelEventKind.HUNG_TASK, number(m, 2), group(m, 1))),
          new TextForm(
              "BUG: soft lockup - CPU#",
              "(?:(?:NMI )?watchdog: )?BUG: soft lockup - CPU#\\d+ stuck for \\d+s! \\["
                  + COMM
                  + ":"
                  + PID
                  + "\\]",
              m -> KernelMessage.ofProcess(KernelEventKind.SOFT_LOCKUP, number(m, 2), group(m, 1))),
          new TextForm(
              "detected hard LOCKUP on cpu ",
              "(?:NMI )?watchdog: (?:CPU\\d+: )?Watchdog detected hard LOCKUP on cpu \\d+.*",
              m -> KernelMessage.of(KernelEventKind.HARD_LOCKUP)),
          new TextForm(
              "INFO: rcu_",
              "(?:rcu: )?INFO: rcu_\\w+ (?:self-)?detected (?:expedited )?stalls? on CPU.*",
              m -> KernelMessage.of(KernelEventKind.RCU_STALL)),
          new TextForm(
              "BUG",
              "(?:BUG: (?:unable to handle|kernel NULL pointer dereference) ?.*"
                  + "|kernel BUG at [\\w./-]+:\\d+!)",
              m -> KernelMessage.of(KernelEventKind.KERNEL_BUG)));

  private StallTexts() {}

  static @Nullable KernelMessage message(String text) {
    return TextForm.first(FORMS, text);
  }
}
