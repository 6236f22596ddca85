package org.medicd.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medicd.config.Nearest;
import org.medicd.config.Quoted;
import org.medicd.config.Unfit;
import org.medicd.fact.DeviceId;
import org.medicd.fact.Fact;
import org.medicd.fact.Host;
import org.medicd.fact.KernelEventKind;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.fact.Unit;
import org.medicd.fact.UnitId;
import org.medicd.record.Blank;

/** The facts that a scenario may tell of, by the name that they have in rules. */
enum FactKind {
  PROC,
  HOST,
  PRESSURE,
  UNIT,
  CGROUP,
  BLOCKDEVICE,
  FILESYSTEM,
  NETLINK,
  SOCKETS,
  UNANSWERED,
  BIRTHS,
  KERNELEVENT,
  POOL;

  /** One word for several fields, as people think of them. */
  private static final Map<Class<? extends Fact>, Map<String, List<String>>> SHORT =
      Map.of(
          Proc.class,
          Map.of("cpu", List.of("cpuPercent", "cpuAvg10", "cpuAvg60", "cpuAvg300", "demandAvg10")),
          Host.class,
          Map.of("cpu", List.of("cpuPercent", "cpuAvg10", "cpu.avg60", "cpu.avg300")));

  /** The record in {@link org.medicd.fact}. */
  @SuppressWarnings("unchecked") // permitted subclasses of Fact
  Class<? extends Fact> type() {
    return (Class<? extends Fact>)
        Arrays.stream(Fact.class.getPermittedSubclasses())
            .filter(each -> each.getSimpleName().equalsIgnoreCase(name()))
            .findFirst()
            .orElseThrow();
  }

  /** By its name in rules, in letters of any case. */
  static FactKind named(String word) {
    List<String> known = Arrays.stream(values()).map(each -> each.type().getSimpleName()).toList();
    return Arrays.stream(values())
        .filter(each -> each.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new Unfit(
                    Quoted.of(word) + " is none of the facts: " + String.join(", ", known),
                    Nearest.to(word, known)));
  }

  /** The fields that this word stands for: itself, as a rule. */
  List<String> fields(String word) {
    return SHORT.getOrDefault(type(), Map.of()).getOrDefault(word, List.of(word));
  }

  boolean isShort(String word) {
    return SHORT.getOrDefault(type(), Map.of()).containsKey(word);
  }

  /** Whether its name is that of a process. */
  boolean isAboutAProcess() {
    return this == SOCKETS || this == UNANSWERED || this == BIRTHS;
  }

  /** Whether there is more than one of them on a host, so that each needs a name. */
  boolean needsName() {
    return this != HOST;
  }

  /**
   * A fact of this name of which nothing else is known.
   *
   * @param process the process of that name: the fact is about it
   * @param count how many facts there were before
   */
  Fact begin(String name, ProcessId process, int count) {
    Object blank = Blank.of(type());
    for (Map.Entry<String, Object> each : identity(name, process, count).entrySet()) {
      blank = Blank.with(blank, List.of(each.getKey()), each.getValue());
    }
    return (Fact) blank;
  }

  private Map<String, Object> identity(String name, ProcessId process, int count) {
    return switch (this) {
      case PROC ->
          Map.of(
              "id",
              process,
              "parent",
              1,
              "comm",
              name,
              "executable",
              "/usr/bin/" + name,
              "commandLine",
              name,
              "state",
              ProcState.SLEEPING,
              "threads",
              1,
              "session",
              process.pid(),
              "startedAt",
              WrittenHost.BEGIN);
      case HOST -> Map.of("cpus", 2);
      case PRESSURE -> Map.of("resource", name);
      case UNIT ->
          Map.of(
              "name",
              name,
              "activeState",
              "active",
              "subState",
              "running",
              "source",
              "bus",
              "ties",
              Unit.Ties.NONE);
      case POOL -> Map.of("template", name, "running", 1, "min", 1, "max", 1);
      case CGROUP -> Map.of("path", name, "processes", 1);
      case BLOCKDEVICE, NETLINK -> Map.of("id", new DeviceId(name));
      case FILESYSTEM -> Map.of("id", FieldValue.filesystem(name), "type", "ext4");
      case SOCKETS, UNANSWERED -> Map.of("id", process);
      case BIRTHS ->
          Map.of("owner", owner(name, process), "by", name, "executable", name, "exact", true);
      case KERNELEVENT ->
          Map.of(
              "sequence",
              (long) count,
              "kind",
              eventKind(name),
              "at",
              WrittenHost.BEGIN,
              "count",
              1,
              "severity",
              3);
    };
  }

  private static Subject owner(String name, ProcessId process) {
    return name.contains(".") ? new UnitId(name) : process;
  }

  private static KernelEventKind eventKind(String name) {
    return KernelEventKind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * Looks a name over before it is used.
   *
   * @throws Unfit where there can be no such fact
   */
  void check(String name) {
    if (needsName() == name.isEmpty()) {
      throw new Unfit(
          needsName()
              ? type().getSimpleName() + " needs a name: which one?"
              : "there is one host only: no name belongs here");
    }
    List<String> events = Arrays.stream(KernelEventKind.values()).map(Enum::name).toList();
    String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
    if (this == KERNELEVENT && !events.contains(wanted)) {
      throw new Unfit(
          Quoted.of(name) + " is none of the kernel's events", Nearest.to(name, events));
    }
    if (this == PRESSURE && !List.of("cpu", "memory", "io").contains(name)) {
      throw new Unfit(Quoted.of(name) + " is none of cpu, memory, io");
    }
  }
}
