package org.medicd;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.medicd.cli.Alerting;
import org.medicd.cli.Checks;
import org.medicd.cli.Compiling;
import org.medicd.cli.DaemonStarter;
import org.medicd.cli.Medic;
import org.medicd.cli.Recordings;
import org.medicd.cli.Services;
import org.medicd.cli.Surroundings;
import org.medicd.config.Problem;
import org.medicd.daemon.AlertTrial;
import org.medicd.daemon.ChoreStart;
import org.medicd.daemon.Folders;
import org.medicd.daemon.Options;
import org.medicd.daemon.Preparation;
import org.medicd.daemon.Start;
import org.medicd.record.flight.FlightCopy;

/** Hands over to the command line. */
public final class Main {
  private static final Checks CHECKS =
      new Checks() {
        @Override
        public List<String> problems(@Nullable Path configuration, List<Path> rules) {
          return texts(Preparation.check(configuration, rules, Instant.now()));
        }

        @Override
        public List<String> outlook(@Nullable Path configuration) {
          return Preparation.outlook(configuration, Instant.now());
        }
      };

  private static final Compiling COMPILING =
      new Compiling() {
        @Override
        public List<String> fill(
            @Nullable Path configuration, List<Path> rules, @Nullable Path cache) {
          Path folder = cache != null ? cache : Folders.usualCache();
          return texts(Preparation.fill(configuration, rules, folder));
        }

        @Override
        public void write(@Nullable Path configuration, List<Path> rules, Path file)
            throws IOException {
          Preparation.writeCompiled(configuration, rules, file);
        }
      };

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Start.load();
    }
    if (arguments.length == 2 && arguments[0].equals("chore")) {
      System.exit(ChoreStart.run(arguments[1], System.out, System.err)); // of medicd-chore@.service
    }
    CountDownLatch never = new CountDownLatch(1);
    Surroundings surroundings =
        new Surroundings(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            isTerminal() && System.getenv("NO_COLOR") == null,
            InstantSource.system(),
            () -> !never.await(1, TimeUnit.SECONDS));
    Services services =
        new Services(
            CHECKS, COMPILING, new TrialsOfRules(), Main::copy, Main::testAlert, Main::run);
    if (arguments.length == 2 && arguments[0].equals("train")) {
      System.exit(Training.run(services, Path.of(arguments[1]))); // what bin/medic archive is after
    }
    System.exit(Medic.run(surroundings, services, arguments));
  }

  /** System.console() says nothing of it from JDK 22 on. */
  private static boolean isTerminal() {
    try {
      String out = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return out.startsWith("/dev/pts/") || out.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  private static Alerting.Result testAlert(
      @Nullable Path configuration, String channel, boolean show) {
    Start.logTo(System.err);
    AlertTrial.Result result = AlertTrial.run(configuration, channel, show);
    return new Alerting.Result(Alerting.End.valueOf(result.end().name()), result.text());
  }

  private static Recordings.Copy copy(Path runtime, OutputStream out) {
    FlightCopy copy = new FlightCopy(Folders.flight(runtime), out);
    return new Recordings.Copy() {
      @Override
      public void go() throws IOException {
        copy.copyComplete();
      }

      @Override
      public long finish() throws IOException {
        copy.copyAll();
        return copy.copied();
      }
    };
  }

  static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }

  private static int run(DaemonStarter.Settings asked) throws Exception {
    Folders folders = Folders.of(asked.state(), asked.runtime(), asked.cache());
    return Start.foreground(
        new Options(asked.config(), asked.rules(), folders, asked.mode()), System.err);
  }
}
