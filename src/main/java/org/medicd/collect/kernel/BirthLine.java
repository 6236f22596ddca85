package org.medicd.collect.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Births;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;

/** The births of one lineage over the last 10 s. */
final class BirthLine {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Subject owner;
  private final ProcessId first;
  private final String by;
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

  /**
   * @param above the lineage in which its first process was born, if that was seen
   */
  BirthLine(Subject owner, String by, Proc proc, @Nullable BirthLine above) {
    this.owner = owner;
    this.first = proc.id();
    this.by = by;
    this.session = proc.session();
    this.unit = proc.unit();
    this.above = above;
  }

  int session() {
    return session;
  }

  @Nullable BirthLine above() {
    return above;
  }

  boolean goesOnWith(Proc proc) {
    return Lineages.program(proc).equals(by) && Objects.equals(proc.unit(), unit);
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
    if (program != null && !program.equals(by)) {
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
      other.childProgram = childProgram != null ? childProgram : by;
    }
  }

  private static boolean lives(ProcessId id, Map<Integer, Proc> processes) {
    Proc proc = processes.get(id.pid());
    return proc != null && proc.id().equals(id);
  }

  /** The same object where nothing changed. */
  Births fact(double perSecond, boolean exact) {
    String executable = childProgram != null && !mixed ? childProgram : by;
    Births now = new Births(owner, by, executable, twoDigits(perSecond), exact);
    Births before = told;
    if (now.equals(before)) {
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
