package org.medicd.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.medicd.act.SignalActuator;
import org.medicd.collect.census.Census;
import org.medicd.collect.census.CensusSettings;
import org.medicd.collect.census.NumaNodes;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.linux.proc.HeldStat;
import org.medicd.linux.proc.HeldStats;
import org.medicd.linux.proc.PidStat;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;

/**
 * Runs in a pid namespace of its own. Has a pid used again, with equal start ticks, between the
 * sight of a process and the signal to it, and prints what came of it.
 */
final class PidReuse implements AutoCloseable {
  private static final int WANTED = 20;
  private static final int MOST_TRIES = 3_000;
  private static final int MOST_DELAY_NANOS = 1_000_000;
  private static final Path PROC = Path.of("/proc");

  /** How a process comes to be known, and what happens between its end and the signal. */
  private interface Sight {
    ProcessId first(int pid) throws IOException;

    void beforeTheSignal();
  }

  private final Process forker;
  private final PrintStream commands;
  private final BufferedReader answers;
  private final HeldStats held = new HeldStats(1_000);
  private final SignalActuator actuator = new SignalActuator(held::proves);

  /**
   * @param program built from src/test/lab/pid-reuse.c
   */
  private PidReuse(String program) throws IOException {
    forker = new ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    commands = new PrintStream(forker.getOutputStream(), true);
    answers = forker.inputReader();
  }

  public static void main(String[] arguments) throws IOException {
    try (PidReuse reuse = new PidReuse(arguments[0]);
        Census census = reuse.census()) {
      if (arguments.length > 1) {
        System.out.println(reuse.race(Integer.parseInt(arguments[1])));
        return;
      }
      System.out.println("the process itself: " + reuse.withoutReuse());
      System.out.println("held: " + reuse.rounds(reuse.byDescriptor()));
      System.out.println("seen: " + reuse.rounds(reuse.byCensus(census, false)));
      System.out.println("seen again: " + reuse.rounds(reuse.byCensus(census, true)));
    }
  }

  private Census census() {
    CensusSettings settings =
        new CensusSettings(
            Duration.ofSeconds(1),
            1L << 40,
            Duration.ofMinutes(1),
            1,
            Path.of("/etc/passwd"),
            new NumaNodes(Map.of()));
    return new Census(
        PROC, held, settings, System::nanoTime, InstantSource.system(), Map::of, List.of());
  }

  private Sight byDescriptor() {
    return new Sight() {
      @Override
      public ProcessId first(int pid) throws IOException {
        return hold(pid);
      }

      @Override
      public void beforeTheSignal() {}
    };
  }

  private static Sight byCensus(Census census, boolean again) {
    return new Sight() {
      @Override
      public ProcessId first(int pid) {
        Proc seen = census.look().processes().get(pid);
        if (seen == null) {
          throw new AssertionError("pid " + pid + " is not seen");
        }
        return seen.id();
      }

      @Override
      public void beforeTheSignal() {
        if (again) {
          census.look();
        }
      }
    };
  }

  private ProcessId hold(int pid) throws IOException {
    HeldStat stat = HeldStat.open(PROC, pid);
    ByteBuffer buffer = ByteBuffer.allocateDirect(HeldStat.BUFFER_BYTES);
    byte[] bytes = new byte[stat.read(buffer)];
    buffer.get(bytes);
    ProcessId id = PidStat.parse(bytes, bytes.length).id();
    held.add(id, stat);
    return id;
  }

  /** The signal arrives where nothing came in between. */
  private String withoutReuse() throws IOException {
    ProcessId id = hold(ask('f'));
    Outcome outcome = term(id);
    return outcome.getClass().getSimpleName() + ", ended by " + ask('e');
  }

  /** Tries until the pid and the start ticks were equal often enough. */
  private String rounds(Sight sight) throws IOException {
    int equal = 0;
    int vanished = 0;
    int unharmed = 0;
    for (int tries = 0; equal < WANTED && tries < MOST_TRIES; tries++) {
      ProcessId before = sight.first(ask('f'));
      int successor = ask('s');
      boolean same = successor == before.pid() && startTicks(successor) == before.startTicks();
      if (same) {
        equal++;
        sight.beforeTheSignal();
        vanished += term(before) instanceof Outcome.Vanished ? 1 : 0;
      }
      int endedBy = ask('e');
      unharmed += same && endedBy == 9 ? 1 : 0;
    }
    return equal + " equal, " + vanished + " vanished, " + unharmed + " unharmed";
  }

  /** TERM is sent while successors come and go at the same pid, as fast as they can. */
  private String race(int tries) throws IOException {
    Random random = new Random(1);
    int done = 0;
    int wrong = 0;
    for (int i = 0; i < tries; i++) {
      ProcessId first = hold(ask('f'));
      commands.println('r');
      for (long end = System.nanoTime() + random.nextInt(MOST_DELAY_NANOS);
          System.nanoTime() < end; ) {
        Thread.onSpinWait();
      }
      done += term(first) instanceof Outcome.Done ? 1 : 0;
      wrong += answer();
      held.remove(first);
    }
    return tries + " tries, " + (done > 0 ? "some" : "none") + " in time, " + wrong + " wrong";
  }

  private static long startTicks(int pid) throws IOException {
    return PidStat.parse(Files.readString(PROC.resolve(pid + "/stat"))).startTicks();
  }

  private Outcome term(ProcessId target) {
    Patient patient = new Patient(target, null, null, null, null, null);
    Action action = new Action(Action.Kind.TERM);
    Intent intent =
        new Intent(
            "1",
            "test",
            "test",
            Mode.ACT,
            0,
            action,
            patient,
            List.of(target),
            null,
            true,
            false,
            false,
            false);
    return actuator.act(intent).outcome();
  }

  private int ask(char command) throws IOException {
    commands.println(command);
    return answer();
  }

  private int answer() throws IOException {
    String answer = answers.readLine();
    if (answer == null) {
      throw new AssertionError("the forker has ended");
    }
    return Integer.parseInt(answer);
  }

  @Override
  public void close() {
    held.close();
    forker.destroyForcibly();
  }
}
