package org.medicd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.medicd.cli.Checks;
import org.medicd.cli.DaemonStarter;
import org.medicd.cli.Medic;
import org.medicd.cli.Surroundings;

/** Hands over to the command line. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CountDownLatch never = new CountDownLatch(1);
    Surroundings surroundings =
        new Surroundings(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            isTerminal() && System.getenv("NO_COLOR") == null,
            InstantSource.system(),
            () -> !never.await(1, TimeUnit.SECONDS));
    System.exit(Medic.run(surroundings, new ChecksToCome(), new DaemonToCome(), arguments));
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

  private static final class ChecksToCome implements Checks {
    @Override
    public List<String> configuration(@Nullable Path file) {
      throw new UnsupportedOperationException("medic check is not there yet");
    }

    @Override
    public List<String> rules(@Nullable Path configuration, List<Path> folders) {
      throw new UnsupportedOperationException("medic check is not there yet");
    }
  }

  private static final class DaemonToCome implements DaemonStarter {
    @Override
    public int run(Settings settings) {
      throw new UnsupportedOperationException("medic run is not there yet");
    }
  }
}
