package org.medicd.evidence;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcessId;
import org.medicd.linux.Programs;

/**
 * A systemd unit that a capture is about.
 *
 * @param name full name, as nginx.service
 * @param process one that it runs, by which its control group is found; null: it runs none
 */
public record UnitTarget(String name, @Nullable ProcessId process) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9:_.\\\\@][A-Za-z0-9:_.\\\\@-]*");
  private static final int JOURNAL_LINES = 200;

  /** Not Environment= and what else may hold secrets without a name that says so. */
  private static final String PROPERTIES =
      String.join(
          ",",
          "Id,Description,LoadState,ActiveState,SubState,Result,StatusText,StatusErrno",
          "FragmentPath,DropInPaths,NeedDaemonReload,UnitFileState,Type,Restart,RestartUSec",
          "NRestarts,StateChangeTimestamp,ActiveEnterTimestamp,ActiveExitTimestamp",
          "InactiveEnterTimestamp,InvocationID,MainPID,ControlPID,ExecMainStartTimestamp",
          "ExecMainExitTimestamp,ExecMainCode,ExecMainStatus,ExecStart,ExecReload,User,Group",
          "Slice,ControlGroup,TasksCurrent,TasksMax,MemoryCurrent,MemoryHigh,MemoryMax,OOMPolicy",
          "CPUUsageNSec,CPUQuotaPerSecUSec,CPUWeight,IOWeight,LimitNOFILE,LimitNPROC,LimitCORE",
          "WatchdogUSec,WatchdogTimestamp,TimeoutStartUSec,TimeoutStopUSec,KillMode,SendSIGKILL",
          "FreezerState,ConditionResult,AssertResult,Job,Requires,BindsTo,After,TriggeredBy",
          "Where,What,Options");

  /** Who it is, a line each. */
  List<String> about() {
    return List.of("unit: " + name, "process: " + (process == null ? "none" : process));
  }

  /** What systemd and its journal tell of it; nothing where that is not a unit's name. */
  List<Part> parts(Programs programs) {
    if (!NAME.matcher(name).matches()) {
      return List.of(); // it would be a pattern to journalctl
    }
    List<String> state = List.of("systemctl", "show", "-p", PROPERTIES, "--", name);
    List<String> journal =
        List.of(
            "journalctl",
            "--unit=" + name,
            "--lines=" + JOURNAL_LINES,
            "--output=short-iso",
            "--no-hostname",
            "--no-pager",
            "--quiet");
    return List.of(
        new ProgramOutput("unit", programs, state),
        new ProgramOutput("journal", programs, journal));
  }
}
