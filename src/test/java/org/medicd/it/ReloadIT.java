package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that change under the packaged daemon. */
@Tag("once")
class ReloadIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String TRUE_AT_ONCE =
      """
      rule "seen" when Host( processes > 0 ) then
        insertLogical( new Symptom("seen", new HostId()) ); end
      rule "host seen" when Symptom( name == "seen", $who : subject ) then
        insertLogical( new Diagnosis("%s", $who) ); end
      rule "tell" when $d : Diagnosis( name == "%s" ) then medic.treat($d).page(); end
      """;

  @TempDir Path folder;
  private Path rules;

  @BeforeEach
  void write() throws IOException {
    rules = Files.createDirectory(folder.resolve("rules"));
    put("one.drl", TRUE_AT_ONCE.formatted("first", "first"));
  }

  private void put(String file, String content) throws IOException {
    Files.writeString(rules.resolve(file), content);
  }

  private RunningDaemon start(String reload) throws IOException {
    return RunningDaemon.start(
        folder, "mode: observe\nrules: [%s]\nreload: %s\n".formatted(rules, reload));
  }

  private static List<String> diagnoses(RunningDaemon daemon) throws IOException {
    return daemon.incidents().stream().map(each -> each.get("diagnosis").getAsString()).toList();
  }

  private static int loaded(RunningDaemon daemon) throws IOException {
    JsonObject status = JsonParser.parseString(daemon.client().status()).getAsJsonObject();
    return status.get("rules").getAsInt();
  }

  @Test
  void aBrokenFileChangesNothingButTheWarning() throws Exception {
    try (RunningDaemon daemon = start("auto")) {
      await().atMost(LIMIT).until(() -> diagnoses(daemon).contains("first"));
      put("two.drl", "rule \"broken\" when Host( proceses > 0 ) then end\n");
      await().atMost(LIMIT).until(() -> diagnoses(daemon).contains("rules-refused"));
      JsonObject told =
          daemon.incidents().stream()
              .filter(each -> each.get("diagnosis").getAsString().equals("rules-refused"))
              .findFirst()
              .orElseThrow();
      assertThat(told.get("because").toString())
          .contains("two.drl:1")
          .contains("did you mean 'processes'?");
      assertThat(loaded(daemon)).isEqualTo(3);

      Files.delete(rules.resolve("two.drl"));
      put("three.drl", TRUE_AT_ONCE.replaceAll("rule \"", "rule \"2 ").formatted("2nd", "2nd"));
      await().atMost(LIMIT).until(() -> diagnoses(daemon).contains("2nd"));
      assertThat(loaded(daemon)).isEqualTo(6);
      assertThat(diagnoses(daemon)).as("one that is open goes on").containsOnlyOnce("first");
    }
  }

  private static List<String> shadows(RunningDaemon daemon, boolean all) throws IOException {
    JsonArray shadows = JsonParser.parseString(daemon.client().shadows(all)).getAsJsonArray();
    return StreamSupport.stream(shadows.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(each -> each.get("diagnosis").getAsString() + " " + each.get("state").getAsString())
        .toList();
  }

  @Test
  void whatRulesInShadowFoundOutlivesTheDaemon() throws Exception {
    put(
        "one.drl",
        TRUE_AT_ONCE
            .formatted("tried", "tried")
            .replace("\" when Sy", "\" @mode(\"shadow\") when Sy"));
    try (RunningDaemon daemon = start("manual")) {
      await().atMost(LIMIT).until(() -> shadows(daemon, false).contains("tried exhausted"));
      assertThat(diagnoses(daemon)).isEmpty();
      daemon.stop();
      daemon.restart();
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(shadows(daemon, true))
                      .containsExactlyInAnyOrder("tried withdrawn", "tried exhausted"));
      assertThat(diagnoses(daemon)).isEmpty();
    }
  }

  @Test
  void withoutAutoAChangeIsOnlyAnnounced() throws Exception {
    try (RunningDaemon daemon = start("manual")) {
      await().atMost(LIMIT).until(() -> diagnoses(daemon).contains("first"));
      put("two.drl", TRUE_AT_ONCE.replaceAll("rule \"", "rule \"2 ").formatted("2nd", "2nd"));
      await().atMost(LIMIT).until(() -> daemon.log().contains("medic reload takes them up"));
      assertThat(loaded(daemon)).isEqualTo(3);
      daemon.client().command("reload");
      await().atMost(LIMIT).until(() -> diagnoses(daemon).contains("2nd"));
    }
  }

  @Test
  void aHeartbeatBeginsAndEndsWithAReload() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        call -> {
          calls.incrementAndGet();
          call.sendResponseHeaders(204, -1);
          call.close();
        });
    server.start();
    Path url = folder.resolve("url");
    Files.writeString(url, "http://127.0.0.1:" + server.getAddress().getPort() + "/beat\n");
    Files.setPosixFilePermissions(url, PosixFilePermissions.fromString("rw-------"));
    try (RunningDaemon daemon = start("manual")) {
      Path file = folder.resolve("medicd.yaml");
      String without = Files.readString(file);
      String heartbeat = "alerts: { heartbeat: { url-file: %s, every: 10s } }\n".formatted(url);
      Files.writeString(file, without + heartbeat);
      daemon.client().command("reload");
      await().atMost(LIMIT).until(() -> calls.get() > 0);
      await().atMost(LIMIT).until(() -> daemon.client().status().contains("\"heartbeat\""));
      Files.writeString(file, without);
      daemon.client().command("reload");
      assertThat(daemon.client().status()).doesNotContain("\"heartbeat\"");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void fiveHundredRulesAreTakenUp() throws Exception {
    StringBuilder many = new StringBuilder("package many;\n");
    for (int i = 0; i < 500; i++) {
      many.append("rule \"many ").append(i).append("\" when Proc( cpuAvg10 > ").append(100 + i);
      many.append(", comm == \"none").append(i).append("\" ) then end\n");
    }
    put("many.drl", many.toString());
    try (RunningDaemon daemon = start("auto")) {
      await().atMost(LIMIT).until(() -> diagnoses(daemon).contains("first"));
      assertThat(loaded(daemon)).isEqualTo(503);
      put("many.drl", many.toString().replace("none", "no"));
      await().atMost(Duration.ofMinutes(2)).until(() -> daemon.log().contains("reloaded: 503"));
      assertThat(diagnoses(daemon)).containsExactly("first");
    }
  }
}
