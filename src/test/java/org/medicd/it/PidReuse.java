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
  private static final int WANTED = 10;
  private static final int MOST_TRIES = 3_000;
  private static final int MOST_DELAY_NANOS = 1_500_000;
  private static final Path PROC = Path.of("/proc");

  /**
   * Forks a child; ends it and forks the next at the same pid; ends that and tells by what. A race
   * is four of those one after the other, and tells how many of them TERM has reached.
   */
  private static final String FORKER =
      """
      import os, signal, sys
      def fork():
          child = os.fork()
          if child == 0:
              while True: signal.pause()
          return child
      for command in sys.stdin:
          if command == 'fork\\n':
              child = fork()
              print(child, flush=True)
          elif command == 'swap\\n':
              os.kill(child, signal.SIGKILL)
              os.waitpid(child, 0)
              with open('/proc/sys/kernel/ns_last_pid', 'w') as last: last.write(str(child - 1))
              child = fork()
              print(child, flush=True)
          elif command == 'race\\n':
              wrong = 0
              for successor in range(4):
                  os.kill(child, signal.SIGKILL)
                  by = os.WTERMSIG(os.waitpid(child, 0)[1])
                  wrong += successor > 0 and by == signal.SIGTERM
                  with open('/proc/sys/kernel/ns_last_pid', 'w') as last: last.write(str(child - 1))
                  child = fork()
              os.kill(child, signal.SIGKILL)
              wrong += os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGTERM
              print(wrong, flush=True)
          else:
              os.kill(child, signal.SIGKILL)
              print(os.WTERMSIG(os.waitpid(child, 0)[1]), flush=True)
      """;

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

  private PidReuse() throws IOException {
    forker =
        new ProcessBuilder("/usr/bin/python3", "-c", FORKER)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = new PrintStream(forker.getOutputStream(), true);
    answers = forker.inputReader();
  }

  public static void main(String[] arguments) throws IOException {
    try (PidReuse reuse = new PidReuse();
        Census census = reuse.census()) {
      if (arguments.length > 0) {
        System.out.println(reuse.race(Integer.parseInt(arguments[0])));
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
    ProcessId id = hold(ask("fork"));
    Outcome outcome = term(id);
    return outcome.getClass().getSimpleName() + ", ended by " + ask("end");
  }

  /** Tries until the pid and the start ticks were equal often enough. */
  private String rounds(Sight sight) throws IOException {
    int equal = 0;
    int vanished = 0;
    int unharmed = 0;
    for (int tries = 0; equal < WANTED && tries < MOST_TRIES; tries++) {
      ProcessId before = sight.first(ask("fork"));
      int successor = ask("swap");
      boolean same = successor == before.pid() && startTicks(successor) == before.startTicks();
      if (same) {
        equal++;
        sight.beforeTheSignal();
        vanished += term(before) instanceof Outcome.Vanished ? 1 : 0;
      }
      int endedBy = ask("end");
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
      ProcessId first = hold(ask("fork"));
      commands.println("race");
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

  private int ask(String command) throws IOException {
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
