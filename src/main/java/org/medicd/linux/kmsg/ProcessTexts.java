package org.medicd.linux.kmsg;

import static org.medicd.linux.kmsg.TextForm.COMM;
import static org.medicd.linux.kmsg.TextForm.PID;
import static org.medicd.linux.kmsg.TextForm.group;
import static org.medicd.linux.kmsg.TextForm.number;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEventKind;

/** Processes that crash, and limits of processes and files that are reached. */
final class ProcessTexts {
  private static final List<TextForm> FORMS =
      List.of(
          new TextForm(
              "]: segfault at ",
              COMM + "\\[" + PID + "\\]: segfault at [0-9a-f]+ ip .*",
              m -> KernelMessage.ofProcess(KernelEventKind.SEGFAULT, number(m, 2), group(m, 1))),
          new TextForm(
              "traps: ",
              "traps: " + COMM + "\\[" + PID + "\\] (?:general protection|trap ).* ip:.*",
              m -> KernelMessage.ofProcess(KernelEventKind.SEGFAULT, number(m, 2), group(m, 1))),
          new TextForm(
              "fork rejected by pids controller in /",
              "cgroup: fork rejected by pids controller in (/.*)",
              m -> KernelMessage.ofCgroup(KernelEventKind.PIDS_LIMIT, group(m, 1))),
          new TextForm(
              "VFS: file-max limit ",
              "VFS: file-max limit \\d+ reached",
              m -> KernelMessage.of(KernelEventKind.FILES_LIMIT)));

  private ProcessTexts() {}

  static @Nullable KernelMessage message(String text) {
    return TextForm.first(FORMS, text);
  }
}
