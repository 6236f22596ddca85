package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.rung;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** Rungs for the host, on file systems of the lab's own, by the installed daemon. */
@NeedsSystemd
@Tag("once")
class HostRungsIT extends InLab {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final String YAML =
      """
      mode: act
      tick: 200ms
      limits:
        disk-full: { raise-percent: 90, clear-percent: 80, for: 1s }
      cooldown: 0s
      budget: { per-rule: 50/10m, per-unit: 50/10m, per-host: 50/10m }
      vacuum: { files: [ { folder: /full/log, glob: "*.gz", older-than: 7d } ] }
      """;

  /** Only the file systems that this test mounted. */
  private static final String RULES =
      """
      package ours.host;

      rule "symptom: a marked file system" when
          Filesystem( id.mountPoint == "/marked", readOnly == false, $id : id )
      then
          insertLogical( new Symptom("marked", $id) );
      end

      rule "diagnosis: marked" when
          Symptom( name == "marked", $id : subject )
      then
          insertLogical( new Diagnosis("marked", $id) );
      end

      rule "treatment: marked" when
          $d : Diagnosis( name == "marked" )
      then
          medic.treat($d).exec("note", "1s", "one", "two words").dropCaches("1s").remount("ro", "30s");
      end
      """;

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
    daemon.rule("host.drl", RULES);
    lab.write(
        Path.of("/etc/medicd/actions/note"),
        "#!/bin/sh\necho \"$MEDICD_DIAGNOSIS on $MEDICD_MOUNT_POINT, $2, by $(id -un)\"\n");
    run("chmod", "755", "/etc/medicd/actions", "/etc/medicd/actions/note");
    daemon.start();
  }

  private static void run(String... command) {
    lab.run(SOON, command).expectSuccess();
  }

  private static JsonObject awaitIncidentOn(String mountPoint, Predicate<JsonObject> wanted) {
    return await("the incident on " + mountPoint)
        .atMost(LONG)
        .until(
            () ->
                daemon.incidents().stream()
                    .filter(each -> each.toString().contains(mountPoint))
                    .filter(wanted)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static String told(JsonObject incident, String action) {
    return text(rung(incident, action).getAsJsonObject("outcome"), "reason");
  }

  @Test
  void aFullFileSystemIsCuredByWhatMayGoAndNothingElse() {
    String fill =
        "mkdir /full && mount -t tmpfs -o size=16m full /full && mkdir /full/log"
            + " && dd if=/dev/zero of=/full/log/old.gz bs=1M count=12"
            + " && touch -d '-10 days' /full/log/old.gz && echo > /full/log/new.gz"
            + " && dd if=/dev/zero of=/full/data bs=1M count=2"
            + " && dd if=/dev/zero of=/full/held bs=1M count=1 && (exec 3< /full/held"
            + " && rm /full/held && exec setsid sleep 1000 > /dev/null 2>&1 &)";
    run("sh", "-c", fill);
    JsonObject cured = awaitIncidentOn("/full", inState("recovered"));
    assertThat(course(cured)).containsExactly("capture allowed done", "vacuum allowed done");
    assertThat(daemon.medic("show", text(cured, "id"), "--evidence").expectSuccess())
        .contains("0-filesystem/open-files.txt", "deleted  /full/held (deleted), pid ")
        .contains("0-host/disks.txt", "  /full: full (tmpfs), ");
    assertThat(told(cured, "vacuum"))
        .isEqualTo("cleaned: 1 files in /full/log; 12 MiB more available");
    assertThat(lab.run(SOON, "ls", "/full/log", "/full/data").out())
        .contains("new.gz", "/full/data")
        .doesNotContain("old.gz");
  }

  @Test
  void aProgramOfTheAdminsThenAPersonIsAskedThenTheFileSystemIsReadOnly() {
    run("sh", "-c", "mkdir /marked && mount -t tmpfs -o size=8m marked /marked");
    JsonObject waiting =
        awaitIncidentOn(
            "/marked", incident -> course(incident).contains("drop-caches awaiting-approval -"));
    assertThat(told(waiting, "exec:note"))
        .isEqualTo("note ended well: marked on /marked, two words, by nobody");
    String id = text(waiting, "id");
    assertThat(daemon.medic("show", id, "--evidence").out())
        .contains("0-exec-note/output.txt", "marked on /marked, two words, by nobody");

    daemon.medic("deny", id).expectSuccess();
    JsonObject cured = awaitIncidentOn("/marked", inState("recovered"));
    assertThat(course(cured))
        .containsExactly("exec:note allowed done", "drop-caches refused -", "remount allowed done");
    assertThat(lab.run(SOON, "touch", "/marked/file").err()).contains("Read-only");
  }
}
