package org.medicd.linux.kmsg;

import static org.medicd.linux.kmsg.TextForm.COMM;
import static org.medicd.linux.kmsg.TextForm.PID;
import static org.medicd.linux.kmsg.TextForm.group;
import static org.medicd.linux.kmsg.TextForm.number;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEventKind;

/**
 * Where an out-of-memory killer chose its victim: the line "oom-kill:constraint=…" (since 5.0) that
 * precedes the one that tells of the kill.
 *
 * @param cgroup control group of the victim; null where the line does not tell it
 * @param limitedBy the group whose limit was reached; null where the host ran out
 * @param pid of the victim
 */
public record OomKill(@Nullable String cgroup, @Nullable String limitedBy, int pid) {
  private static final String START = "oom-kill:constraint=CONSTRAINT_";
  private static final String LIMIT = ",oom_memcg=";
  private static final String GROUP = ",task_memcg=";
  private static final String TASK = ",task=";
  private static final String PID_KEY = ",pid=";
  private static final String UID_KEY = ",uid=";

  /** "Kill process" stands alone until 4.x ends, where "Killed process" follows in a line apart. */
  private static final List<TextForm> KILLS =
      List.of(
          new TextForm(
              "emory cgroup out of memory: Kill",
              "Memory cgroup out of memory: Kill(?:ed)? process "
                  + PID
                  + " \\("
                  + COMM
                  + "\\)(?:,| total-vm:| score ).*",
              m ->
                  KernelMessage.ofProcess(
                      KernelEventKind.CGROUP_OOM_KILL, number(m, 1), group(m, 2))),
          new TextForm(
              "Out of memory",
              "Out of memory(?: \\([a-z_]{1,40}\\))?: Kill(?:ed)? process "
                  + PID
                  + " \\("
                  + COMM
                  + "\\)(?:,| total-vm:| score ).*",
              m -> KernelMessage.ofProcess(KernelEventKind.OOM_KILL, number(m, 1), group(m, 2))));

  static @Nullable KernelMessage message(String text) {
    return TextForm.first(KILLS, text);
  }

  /** Null for any other text. */
  public static @Nullable OomKill parse(String text) {
    if (!text.startsWith(START)) {
      return null;
    }
    int uid = text.lastIndexOf(UID_KEY);
    int pid = text.lastIndexOf(PID_KEY, uid);
    int task = text.lastIndexOf(TASK, pid);
    if (uid < 0 || pid < 0 || task < 0) {
      return null;
    }
    String digits = text.substring(pid + PID_KEY.length(), uid);
    if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(OomKill::isDigit)) {
      return null;
    }
    int group = text.indexOf(GROUP);
    int limit = text.indexOf(LIMIT);
    boolean limited = limit >= 0 && limit < group && text.startsWith("MEMCG,", START.length());
    return new OomKill(
        group < 0 || group > task ? null : text.substring(group + GROUP.length(), task),
        limited ? text.substring(limit + LIMIT.length(), group) : null,
        Integer.parseInt(digits));
  }

  private static boolean isDigit(int letter) {
    return letter >= '0' && letter <= '9';
  }
}
