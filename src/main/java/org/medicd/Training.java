package org.medicd;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.medicd.cli.Medic;
import org.medicd.cli.Services;
import org.medicd.cli.Surroundings;
import org.medicd.daemon.Folders;
import org.medicd.daemon.Options;
import org.medicd.daemon.Start;
import org.medicd.plan.Mode;

/**
 * Loads the classes that a daemon and its commands load, so that the JVM can archive them: a daemon
 * of its own observes for a moment, with nobody to tell. The rules that it compiles are kept.
 */
final class Training {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("status"),
          List.of("status", "--json"),
          List.of("incidents", "--all"),
          List.of("why", Long.toString(ProcessHandle.current().pid())),
          List.of("--help"));

  private Training() {}

  /**
   * @param compiled folder for compiled rules
   */
  static int run(Services services, Path compiled) throws IOException, InterruptedException {
    Start.load();
    Path work = Files.createTempDirectory("medicd-training");
    try {
      Path config = Files.writeString(work.resolve("medicd.yaml"), "mode: observe\n");
      Path runtime = work.resolve("run");
      Folders folders = Folders.of(work.resolve("state"), runtime, compiled);
      Options options = new Options(config, List.of(), folders, Mode.OBSERVE);
      return Start.until(options, silent(), () -> command(services, runtime));
    } finally {
      remove(work);
    }
  }

  private static void command(Services services, Path runtime) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Surroundings surroundings =
        new Surroundings(nowhere, nowhere, false, InstantSource.system(), () -> false);
    for (List<String> command : COMMANDS) {
      boolean asks = !command.get(0).startsWith("-");
      Medic.run(
          surroundings,
          services,
          Stream.concat(
                  command.stream(),
                  asks ? Stream.of("--runtime", runtime.toString()) : Stream.empty())
              .toArray(String[]::new));
    }
  }

  private static PrintStream silent() {
    return new PrintStream(PrintStream.nullOutputStream());
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
