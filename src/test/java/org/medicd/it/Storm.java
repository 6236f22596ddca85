package org.medicd.it;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medicd.notify.web.FakeReceiver;
import org.medicd.notify.web.FakeReceiver.Reply;

/**
 * Thousands of incidents within a minute, with a daemon that is killed in the middle of it. Prints
 * what people heard, and what the daemon needed; ends with 1 where that is wrong.
 */
final class Storm {
  private static final int PROGRAMS = 100;
  private static final int MOST_LETTERS = 3;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private static final String RULES =
      """
      package medicd.storm;
      rule "diagnosis: storm" @severity("warning")
      when
          $p : Proc( comm matches "storm-[0-9]+" )
      then
          insertLogical( new Diagnosis("storm", $p.id()) );
      end
      rule "treatment: storm"
      when
          $d : Diagnosis( name == "storm" )
      then
          medic.treat($d).page("End it.");
      end
      """;

  private final Path folder;
  private final int incidents;
  private final AtomicLong resident = new AtomicLong();
  private boolean wrong;

  private Storm(Path folder, int incidents) {
    this.folder = folder;
    this.incidents = incidents;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("medicd-storm");
    Storm storm = new Storm(folder, Integer.parseInt(args[1]) / PROGRAMS * PROGRAMS);
    storm.run(Path.of(args[0]));
    System.out.println(storm.wrong ? "wrong" : "nothing is wrong");
    System.exit(storm.wrong ? 1 : 0);
  }

  private void run(Path program) throws Exception {
    for (int i = 0; i < PROGRAMS; i++) {
      Files.copy(program, folder.resolve("storm-" + i));
    }
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(rules.resolve("storm.drl"), RULES);
    try (FakeReceiver receiver = new FakeReceiver(call -> Reply.of(200))) {
      RunningDaemon daemon =
          RunningDaemon.start(
              folder,
              """
              mode: observe
              rules: [%s]
              scope: { processes: [%s] }
              alerts:
                webhooks: [ { name: hook, url: "%s" } ]
              """
                  .formatted(rules, folder, receiver.at("/")));
      try (daemon) {
        told("opened", receiver, daemon, begin(program));
      }
    }
  }

  private Process begin(Path program) throws IOException {
    String parents = Integer.toString(incidents / PROGRAMS);
    return new ProcessBuilder(
            program.toString(), parents, folder.toString(), Integer.toString(PROGRAMS))
        .start();
  }

  private void told(String what, FakeReceiver receiver, RunningDaemon daemon, Process storm)
      throws Exception {
    long began = System.nanoTime();
    try {
      await().atMost(LONG).until(() -> watch(daemon) && daemon.log().contains(" opened: "));
      await().pollDelay(Duration.ofSeconds(15)).atMost(LONG).until(() -> watch(daemon));
      daemon.crash();
      long crashed = System.nanoTime();
      daemon.restart();
      System.out.printf("watches again after %.1f s%n", (System.nanoTime() - crashed) / 1e9);
      await().atMost(LONG).until(() -> watch(daemon) && sum(receiver) >= incidents);
      letters(what, receiver, began);
    } finally {
      storm.destroyForcibly().waitFor();
    }
    receiver.received.clear();
    began = System.nanoTime();
    await().atMost(LONG).until(() -> watch(daemon) && sum(receiver) >= incidents);
    letters("over", receiver, began);
    System.out.printf("resident at most: %d MiB%n", resident.get() >> 10);
  }

  private void letters(String what, FakeReceiver receiver, long beganNanos) {
    Duration lasted = Duration.ofNanos(System.nanoTime() - beganNanos);
    Map<String, String> subjects = new LinkedHashMap<>(); // what is sent again has its key again
    receiver.received.forEach(
        each ->
            subjects.put(
                each.header("Idempotency-Key"),
                each.json().getAsJsonObject().get("subject").getAsString()));
    System.out.printf(
        "%d incidents %s: %d letters, %d of them again, after %d s: %s%n",
        incidents,
        what,
        receiver.received.size(),
        receiver.received.size() - subjects.size(),
        lasted.toSeconds(),
        subjects.values());
    wrong |= subjects.size() > MOST_LETTERS || receiver.received.size() > subjects.size() + 1;
  }

  private static long sum(FakeReceiver receiver) {
    return receiver.received.stream().mapToLong(Storm::count).sum();
  }

  private static long count(FakeReceiver.Received letter) {
    JsonObject document = letter.json().getAsJsonObject();
    long others =
        document.getAsJsonObject("others").asMap().values().stream()
            .mapToLong(JsonElement::getAsLong)
            .sum();
    return others + document.getAsJsonArray("incidents").size();
  }

  /** Keeps the highest that it was resident with. */
  private boolean watch(RunningDaemon daemon) throws IOException {
    Matcher found =
        RESIDENT.matcher(Files.readString(Path.of("/proc/" + daemon.pid() + "/status")));
    if (found.find()) {
      resident.accumulateAndGet(Long.parseLong(found.group(1)), Math::max);
    }
    return true;
  }
}
