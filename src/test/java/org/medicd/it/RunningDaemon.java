package org.medicd.it;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.medicd.api.ApiClient;

/**
 * The packaged daemon, as a user runs it: target/medicd/bin/medic run, on folders of the test's
 * own. What it may touch is up to the configuration that the test writes (a scope of the test's own
 * programs) or to the command that it is wrapped in (a pid namespace).
 */
public final class RunningDaemon implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final List<String> command;
  private Process process;

  private RunningDaemon(Path folder, List<String> command) {
    this.folder = folder;
    this.command = command;
  }

  /** The tree that was packaged; ITs run after that. */
  public static Path tree() {
    Path tree = Path.of(System.getProperty("medicd.tree", "target/medicd")).toAbsolutePath();
    if (!Files.isExecutable(tree.resolve("bin/medic"))) {
      throw new AssertionError("no " + tree + "/bin/medic: run mvn -DskipTests package first");
    }
    return tree;
  }

  /**
   * Starts it and waits until it watches.
   *
   * @param folder of the test's own; gets medicd.yaml, state, run and log
   * @param yaml configuration; the packaged rules unless it says otherwise
   * @param wrapper command line to put before it, as "unshare --pid --fork --mount-proc"
   */
  public static RunningDaemon start(Path folder, String yaml, String... wrapper)
      throws IOException {
    Files.writeString(folder.resolve("medicd.yaml"), yaml);
    List<String> command = new ArrayList<>(List.of(wrapper));
    command.addAll(
        List.of(
            tree().resolve("bin/medic").toString(),
            "run",
            "--config",
            folder.resolve("medicd.yaml").toString(),
            "--state",
            folder.resolve("state").toString(),
            "--runtime",
            folder.resolve("run").toString()));
    RunningDaemon daemon = new RunningDaemon(folder, command);
    try {
      daemon.begin();
    } catch (IOException | RuntimeException | Error e) {
      daemon.process.destroy();
      throw e;
    }
    return daemon;
  }

  private void begin() throws IOException {
    Path log = folder.resolve("log");
    Files.deleteIfExists(log);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    await("medicd ready")
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("it ended with " + process.exitValue() + ":\n" + log());
              }
              return log().lines().anyMatch("medicd ready"::equals);
            });
    if (Files.isDirectory(folder.resolve("rules"))) {
      CompiledOnce.keep(cache(folder));
    }
  }

  private static Path cache(Path folder) {
    return folder.resolve("state").resolve("cache");
  }

  public String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  public long pid() {
    return process.pid();
  }

  /** False once it has ended, in whatever way. */
  public boolean runs() {
    return process.isAlive();
  }

  /** Ends it as a crash does. */
  public void crash() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** Ends it with TERM and returns its exit status. */
  public int stop() throws InterruptedException {
    process.destroy();
    return exitStatus();
  }

  /** Waits until it has ended, which somebody told it to. */
  public int exitStatus() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  /**
   * A folder of rules of the test's own: the shipped ones, with TERM's ten seconds cut to two and
   * the other patiences to one.
   */
  public static Path impatientRules(Path folder) throws IOException {
    Path own = Files.createDirectory(folder.resolve("rules"));
    try (Stream<Path> shipped = Files.list(tree().resolve("rules"))) {
      for (Path file : shipped.toList()) {
        String text =
            Files.readString(file)
                .replace("term(\"10s\")", "term(\"2s\")")
                .replace("kill(\"5s\")", "kill(\"1s\")")
                .replace("sigchld(\"5s\")", "sigchld(\"1s\")");
        Files.writeString(own.resolve(file.getFileName()), text);
      }
    }
    CompiledOnce.lend(cache(folder));
    return own;
  }

  /** Starts it again on the same folders. */
  public void restart() throws IOException {
    begin();
  }

  /** All incidents, as medic incidents --all --json prints them. */
  public List<JsonObject> incidents() throws IOException {
    JsonArray array = JsonParser.parseString(client().incidents(true)).getAsJsonArray();
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  public ApiClient client() {
    return new ApiClient(folder.resolve("run"), Duration.ofSeconds(10));
  }

  /** The one incident of this diagnosis about this pid; empty until there is one. */
  public Optional<JsonObject> incident(String diagnosis, long pid) throws IOException {
    return incidents().stream()
        .filter(each -> each.get("diagnosis").getAsString().equals(diagnosis))
        .filter(each -> !each.getAsJsonObject("subject").get("pid").isJsonNull())
        .filter(each -> each.getAsJsonObject("subject").get("pid").getAsLong() == pid)
        .findFirst();
  }

  /** Waits until the incident is as wanted, and returns it. */
  public JsonObject awaitIncident(
      String diagnosis, long pid, Duration most, Predicate<JsonObject> wanted) {
    try {
      return await(diagnosis + " of pid " + pid)
          .atMost(most)
          .pollInterval(Duration.ofMillis(250))
          .until(() -> incident(diagnosis, pid).filter(wanted), Optional::isPresent)
          .orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "no such incident: " + diagnosis + " of pid " + pid + ":\n" + tail(), e);
    }
  }

  /** What it logged last, for the report of a failure. */
  public String tail() {
    try {
      List<String> lines = log().lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }

  public static Predicate<JsonObject> inState(String state) {
    return incident -> incident.get("state").getAsString().equals(state);
  }

  /** Its rungs in words, in order, as "term allowed done" or "kill refused by gate". */
  public static List<String> rungs(JsonObject incident) {
    return StreamSupport.stream(incident.getAsJsonArray("rungs").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(RunningDaemon::inWords)
        .toList();
  }

  private static String inWords(JsonObject rung) {
    JsonObject verdict = rung.getAsJsonObject("verdict");
    String words = rung.get("action").getAsString() + " " + verdict.get("is").getAsString();
    if (!verdict.get("guard").isJsonNull()) {
      words += " by " + verdict.get("guard").getAsString();
    }
    return rung.get("outcome").isJsonNull()
        ? words
        : words + " " + rung.getAsJsonObject("outcome").get("is").getAsString();
  }

  public static String id(JsonObject incident) {
    return incident.get("id").getAsString();
  }

  /** The actions of its rungs that were allowed and done, in order. */
  public static List<String> done(JsonObject incident) {
    return StreamSupport.stream(incident.getAsJsonArray("rungs").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(rung -> !rung.get("outcome").isJsonNull())
        .filter(rung -> rung.getAsJsonObject("outcome").get("is").getAsString().equals("done"))
        .map(rung -> rung.get("action").getAsString())
        .toList();
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        crash();
      }
    }
  }
}
