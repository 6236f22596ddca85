package org.medicd.soak;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.medicd.lab.Program;

/**
 * Sees every signal that a process of this machine sends, by the kernel's own trace of them, with
 * whom it was for at that moment: whatever medicd believes or says.
 */
final class Witness implements AutoCloseable {
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final String NAME = "medicd-soak";

  private final Path mount;
  private final Path trace;
  private final Thread reader;
  private final List<Sent> seen = new ArrayList<>();
  private String fault = "";

  private Witness(Path mount) throws IOException {
    this.mount = mount;
    this.trace = Files.createDirectories(mount.resolve("instances").resolve(NAME));
    Path event = trace.resolve("events/signal/signal_generate");
    set(trace.resolve("options/record-tgid"), "1");
    set(event.resolve("filter"), "code <= 0"); // by a process, not by the kernel
    set(event.resolve("enable"), "1");
    reader = new Thread(this::read, "witness");
    reader.setDaemon(true);
    reader.start();
  }

  /** Begins to look; needs root, and a kernel that traces. */
  static Witness open() throws IOException {
    Path mount = Files.createTempDirectory("medicd-soak-trace-");
    run("mount", "-t", "tracefs", "none", mount.toString());
    return new Witness(mount);
  }

  private static void run(String... command) {
    Program.run(SHORT, List.of(command)).expectSuccess();
  }

  private static void set(Path file, String value) throws IOException {
    Files.writeString(file, value);
  }

  private void read() {
    // By a channel: what Files.newBufferedReader reads is not let go of when its thread is
    // interrupted.
    Path pipe = trace.resolve("trace_pipe");
    try (FileChannel channel = FileChannel.open(pipe, StandardOpenOption.READ);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        note(line);
      }
    } catch (ClosedByInterruptException e) {
      Thread.currentThread().interrupt(); // it is over
    } catch (IOException e) {
      note("LOST: " + e.getMessage());
    }
  }

  private synchronized void note(String line) {
    Sent.parse(line).ifPresent(seen::add);
    if (line.contains("LOST")) {
      fault = line;
    }
  }

  /** All that were seen so far, in order. */
  synchronized List<Sent> seen() {
    if (!fault.isEmpty()) {
      throw new AssertionError("the kernel's trace has a gap: " + fault);
    }
    return List.copyOf(seen);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    reader.interrupt();
    reader.join(SHORT.toMillis());
    set(trace.resolve("events/signal/signal_generate/enable"), "0");
    await() // it is busy until the reader has let go of it
        .atMost(SHORT)
        .until(() -> Program.run(SHORT, List.of("rmdir", trace.toString())).status() == 0);
    run("umount", mount.toString());
    Files.delete(mount);
  }
}
