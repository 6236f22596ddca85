package org.medicd.collect.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Births;
import org.medicd.fact.HostId;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;

/** The births of one lineage over the last 10 s. */
final class BirthLine {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** What tells one from the other. */
  record Key(Subject owner, String by) {}

  private final Key key;
  private final ProcessId first;
  private final int session;
  private final @Nullable String unit;
  private final @Nullable BirthLine above;
  private final Deque<Counted> looks = new ArrayDeque<>();
  private @Nullable String childProgram;
  private boolean mixed;
  private @Nullable Births told;

  private static final class Counted {
    private final long nanos;
    private int births;

    Counted(long nanos) {
      this.nanos = nanos;
    }
  }

  private BirthLine(Key key, Proc first, @Nullable BirthLine above) {
    this.key = key;
    this.first = first.id();
    this.session = first.session();
    this.unit = first.unit();
    this.above = above;
  }

  /**
   * @param above the lineage in which its first process was born, if that was seen
   */
  static BirthLine of(Proc first, @Nullable BirthLine above) {
    return new BirthLine(keyOf(first), first, above);
  }

  /** Where there are too many to be told apart. */
  static BirthLine ofOthers(Proc first) {
    return new BirthLine(new Key(new HostId(), "others"), first, null);
  }

  private static Key keyOf(Proc first) {
    Subject owner = first.unit() != null ? new UnitId(first.unit()) : first.id();
    return new Key(owner, program(first));
  }

  private static String program(Proc proc) {
    return proc.executable() != null ? proc.executable() : proc.comm();
  }

  Key key() {
    return key;
  }

  /** Whether that process would begin just this one. */
  boolean isOf(Proc proc) {
    return key.equals(keyOf(proc));
  }

  int session() {
    return session;
  }

  @Nullable BirthLine above() {
    return above;
  }

  boolean goesOnWith(Proc proc) {
    return program(proc).equals(key.by()) && Objects.equals(proc.unit(), unit);
  }

  /** The child where it still lives: what it runs names the children of this lineage. */
  void count(long nowNanos, @Nullable Proc child) {
    Counted last = looks.peekLast();
    if (last == null || last.nanos != nowNanos) {
      last = new Counted(nowNanos);
      looks.addLast(last);
    }
    last.births++;
    String program = child != null ? child.executable() : null; // null for a zombie too
    if (program != null && !program.equals(key.by())) {
      mixed |= childProgram != null && !childProgram.equals(program);
      childProgram = program;
    }
  }

  boolean isActive(long nowNanos) {
    while (!looks.isEmpty() && nowNanos - looks.getFirst().nanos >= WINDOW_NANOS) {
      looks.removeFirst();
    }
    return !looks.isEmpty();
  }

  double perSecond(long nowNanos, long watchedNanos) {
    long births = 0;
    for (Counted look : looks) {
      births += nowNanos - look.nanos < WINDOW_NANOS ? look.births : 0;
    }
    long nanos = Math.max(SECOND_NANOS, Math.min(WINDOW_NANOS, watchedNanos));
    return births * 1e9 / nanos;
  }

  /** This one, or where its first process has ended the nearest above of which it lives. */
  BirthLine living(Map<Integer, Proc> processes) {
    BirthLine line = this;
    while (line.above != null
        && Objects.equals(line.above.unit, unit)
        && !lives(line.first, processes)) {
      line = line.above;
    }
    adopt(line);
    return line;
  }

  /** Names the children of another line where that knows no name of its own. */
  private void adopt(BirthLine other) {
    if (other != this && other.childProgram == null) {
      other.childProgram = childProgram != null ? childProgram : key.by();
    }
  }

  private static boolean lives(ProcessId id, Map<Integer, Proc> processes) {
    Proc proc = processes.get(id.pid());
    return proc != null && proc.id().equals(id);
  }

  /** The same object where nothing changed. */
  Births fact(double perSecond, boolean exact) {
    String executable = childProgram != null && !mixed ? childProgram : key.by();
    Births now = new Births(key.owner(), key.by(), executable, twoDigits(perSecond), exact);
    Births before = told;
    if (before != null && before.equals(now)) {
      return before;
    }
    told = now;
    return now;
  }

  private static double twoDigits(double perSecond) {
    double step = 0.1;
    while (perSecond >= step * 100) {
      step *= 10;
    }
    return step < 1 ? Math.round(perSecond * 10) / 10.0 : Math.round(perSecond / step) * step;
  }
}
