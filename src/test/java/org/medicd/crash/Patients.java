package org.medicd.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.medicd.it.TestProcess;
import org.medicd.lab.Program;

/**
 * Processes that keep a record of every signal that they get, and of who sent it, and go on. A KILL
 * or a STOP is seen by what became of them.
 */
final class Patients implements Scenario {
  private static final String RECORDS_SIGNALS =
      """
      import os, signal
      wanted = {signal.SIGTERM, signal.SIGCONT}
      signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
      record = os.open(f'%s/{os.getpid()}', os.O_CREAT | os.O_APPEND | os.O_WRONLY)
      while True:
          got = signal.sigwaitinfo(wanted)
          os.write(record, f'{signal.Signals(got.si_signo).name} {got.si_pid}\\n'.encode())
      """;

  private final Path records;
  private final Path program;
  private final TestProcess parent;
  private final List<Long> pids;
  private final String ladder;
  private final List<String> actions;

  private Patients(Path folder, String name, int count, String ladder, String... actions)
      throws IOException {
    this.records = Files.createDirectory(folder.resolve("records"));
    this.program = copy("/usr/bin/python3", folder.resolve(name));
    this.ladder = ladder;
    this.actions = List.of(actions);
    Path script = folder.resolve("patient.py");
    Files.writeString(script, RECORDS_SIGNALS.formatted(records));
    this.parent =
        TestProcess.run(
            List.of("setpriv", "--pdeathsig", "KILL"),
            copy("/bin/dash", folder.resolve("parent")),
            "for i in $(seq %d); do setpriv --pdeathsig KILL %s %s & done; while :; do wait; /bin/sleep 1; done"
                .formatted(count, program, script));
    this.pids = await().until(this::recording, all -> all.size() == count);
  }

  /** One that TERM does not end. */
  static Patients one(Path folder, String name) throws IOException {
    return new Patients(
        folder, name, 1, ".term(\"1s\").kill(\"1s\").page()", "term", "kill", "page");
  }

  /** One that is held stopped for a while. */
  static Patients held(Path folder, String name) throws IOException {
    return new Patients(
        folder,
        name,
        1,
        ".stop(\"1s\").term(\"1s\").kill(\"1s\").page()",
        "stop",
        "term",
        "kill",
        "page");
  }

  /** Five of one parent, which are one incident. */
  static Patients group(Path folder, String name) throws IOException {
    return new Patients(
        folder, name, 5, ".term(\"1s\").kill(\"1s\").page()", "term", "kill", "page");
  }

  /**
   * By a program: a file that this JVM has open for writing may not be run while another thread
   * starts something that inherits it.
   */
  private static Path copy(String program, Path to) throws IOException {
    String from = Path.of(program).toRealPath().toString();
    Program.run(Duration.ofSeconds(20), List.of("cp", from, to.toString())).expectSuccess();
    return to;
  }

  private List<Long> recording() {
    String[] names = records.toFile().list();
    return names == null ? List.of() : List.of(names).stream().map(Long::valueOf).toList();
  }

  @Override
  public String comm() {
    return String.valueOf(program.getFileName());
  }

  @Override
  public String scope() {
    return "processes: [" + program + "]";
  }

  @Override
  public String ladder() {
    return ladder;
  }

  @Override
  public List<String> actions() {
    return actions;
  }

  @Override
  public void check(JsonObject incident, Passed passed) throws IOException {
    for (long pid : pids) {
      List<String> sent = namesOf(passed.carriedOut("signal"), pid);
      List<String> doubtful = namesOf(passed.doubtful("signal"), pid);
      for (String once : List.of("STOP", "TERM", "KILL")) {
        assertThat(Collections.frequency(sent, once)).as(once + " to " + pid).isLessThan(2);
      }
      assertThat(Collections.frequency(recorded(pid), "SIGTERM"))
          .as("TERM that " + pid + " got")
          .isBetween(
              Collections.frequency(sent, "TERM"),
              Collections.frequency(sent, "TERM") + Collections.frequency(doubtful, "TERM"));
      char state = TestProcess.state(pid);
      assertThat(state).as("state of " + pid).isNotEqualTo('T');
      if (!doubtful.contains("KILL")) {
        assertThat(state == 'X' || state == 'Z')
            .as(pid + " was killed")
            .isEqualTo(sent.contains("KILL"));
      }
      if (Crash.outcome(incident, "term").equals("done")) {
        assertThat(sent).contains("TERM");
      }
    }
  }

  private static List<String> namesOf(List<String> signals, long pid) {
    return signals.stream()
        .filter(each -> each.endsWith(" to " + pid))
        .map(Patients::name)
        .toList();
  }

  private static String name(String sent) {
    return sent.substring(0, sent.indexOf(' '));
  }

  private List<String> recorded(long pid) throws IOException {
    try {
      return Files.readAllLines(records.resolve("" + pid)).stream().map(Patients::name).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public void close() {
    parent.close();
  }
}
