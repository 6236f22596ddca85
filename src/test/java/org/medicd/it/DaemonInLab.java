package org.medicd.it;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.medicd.api.ApiClient;
import org.medicd.lab.Result;
import org.medicd.lab.SystemdLab;

/**
 * The packaged tree, installed in a lab as an admin would: below /usr/share/medicd, with the
 * shipped unit and a configuration in /etc/medicd. It sees the lab's processes only.
 */
public final class DaemonInLab {
  public static final String SERVICE = "medicd.service";
  private static final Path HOME = Path.of("/usr/share/medicd");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Path CACHE = Path.of("/var/cache/medicd");

  private final SystemdLab lab;
  private boolean lendsRules;

  private DaemonInLab(SystemdLab lab) {
    this.lab = lab;
  }

  /** Installs it; does not start it. */
  public static DaemonInLab install(SystemdLab lab, String yaml) throws IOException {
    lab.run(LIMIT, "mkdir", "-p", HOME.toString()).expectSuccess();
    lab.run(LIMIT, "cp", "-a", RunningDaemon.tree() + "/.", HOME.toString()).expectSuccess();
    DaemonInLab daemon = new DaemonInLab(lab);
    daemon.configure(yaml);
    lab.write(
        Path.of("/usr/lib/sysusers.d/medicd.conf"),
        Files.readString(Path.of("systemd/medicd.sysusers")));
    lab.run(LIMIT, "systemd-sysusers", "medicd.conf").expectSuccess();
    lab.write(
        Path.of("/etc/polkit-1/rules.d/50-medicd.rules"),
        Files.readString(Path.of("systemd/medicd.rules")));
    lab.write(
        Path.of("/etc/dbus-1/system.d/medicd.conf"),
        Files.readString(Path.of("systemd/medicd-dbus.conf")));
    lab.write(
        Path.of("/usr/lib/systemd/catalog/medicd.catalog"),
        Files.readString(Path.of("systemd/medicd.catalog")));
    lab.run(LIMIT, "journalctl", "--update-catalog").expectSuccess();
    lab.unitFile(
        "medicd-chore@.service", Files.readString(Path.of("systemd/medicd-chore@.service")));
    lab.unitFile(SERVICE, Files.readString(Path.of("systemd/medicd.service")));
    return daemon;
  }

  /** Writes the configuration; it is read at the next start or reload. */
  void configure(String yaml) {
    lab.write(Path.of("/etc/medicd/medicd.yaml"), yaml);
  }

  /** Adds a rule file, or replaces the shipped one of the same name. */
  void rule(String file, String text) {
    lab.write(Path.of("/etc/medicd/rules.d", file), text);
  }

  /** The shipped cpu rules with the same rungs, each waited for a second or two. */
  void shortPatience() throws IOException {
    String shipped = Files.readString(RunningDaemon.tree().resolve("rules/cpu.drl"));
    String ladder = ".term(\"10s\").kill(\"5s\").restartUnit(\"60s\")";
    if (!shipped.contains(ladder)) {
      throw new AssertionError("the shipped ladder is another: " + shipped);
    }
    rule("cpu.drl", shipped.replace(ladder, ".term(\"1s\").kill(\"1s\").restartUnit(\"2s\")"));
    CompiledOnce.lend(lab.inLab(CACHE));
    lendsRules = true;
  }

  /** Changes the unit as systemctl edit does. */
  void override(String... lines) {
    lab.unitFile(SERVICE + ".d/override.conf", lines);
  }

  /** Returns when it watches. */
  public void start() throws IOException {
    lab.run(LIMIT.multipliedBy(2), "systemctl", "start", SERVICE).expectSuccess();
    if (lendsRules) {
      CompiledOnce.keep(lab.inLab(CACHE));
    }
  }

  String show(String property) {
    return lab.systemctl("show", "--value", "-p", property, SERVICE);
  }

  public int pid() {
    return Integer.parseInt(show("MainPID"));
  }

  /** Runs the command that an admin would. */
  public Result medic(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = HOME + "/bin/medic";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return lab.run(LIMIT, command);
  }

  /** What medic status --json prints. */
  JsonObject status() throws IOException {
    return JsonParser.parseString(client().status()).getAsJsonObject();
  }

  private ApiClient client() {
    return new ApiClient(lab.inLab(Path.of("/run/medicd")), Duration.ofSeconds(10));
  }

  /** What medic incidents --all --json prints. */
  public List<JsonObject> incidents() throws IOException {
    return objects(JsonParser.parseString(client().incidents(true)));
  }

  /** All incidents of a unit's processes. */
  List<JsonObject> incidentsOf(String unit) throws IOException {
    return incidents().stream()
        .filter(each -> unit.equals(text(each.getAsJsonObject("subject"), "unit")))
        .toList();
  }

  /**
   * Waits until the unit's only incident is as wanted; fails as soon as it has more than one, and
   * then says how it was.
   */
  JsonObject awaitIncidentOf(String unit, Duration most, Predicate<JsonObject> wanted) {
    AtomicReference<String> last = new AtomicReference<>("none was seen");
    try {
      return await("the incident of " + unit)
          .atMost(most)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptionsInstanceOf(IOException.class) // while it is started anew
          .until(
              () -> {
                Optional<JsonObject> seen = only(incidentsOf(unit));
                seen.ifPresent(each -> last.set(each.toString()));
                return seen.filter(wanted);
              },
              Optional::isPresent)
          .orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "; it was last: " + last.get(), e);
    }
  }

  /** Waits until there is an incident of that diagnosis; meanwhile it may be started anew. */
  void awaitIncident(String diagnosis, Duration most) {
    await(diagnosis)
        .atMost(most)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> incidents().stream().anyMatch(each -> diagnosis.equals(text(each, "diagnosis"))));
  }

  private static Optional<JsonObject> only(List<JsonObject> incidents) {
    if (incidents.size() > 1) {
      throw new AssertionError("more than one incident: " + incidents);
    }
    return incidents.stream().findFirst();
  }

  static Predicate<JsonObject> inState(String state) {
    return incident -> state.equals(text(incident, "state"));
  }

  /** The rung of this action was carried out, or is being. */
  static Predicate<JsonObject> hasRung(String action) {
    return incident ->
        rungs(incident).stream().anyMatch(rung -> action.equals(text(rung, "action")));
  }

  /** The rung of this action was carried out. */
  static Predicate<JsonObject> done(String action) {
    return incident -> course(incident).contains(action + " allowed done");
  }

  static List<JsonObject> rungs(JsonObject incident) {
    return objects(incident.get("rungs"));
  }

  static JsonObject rung(JsonObject incident, String action) {
    List<JsonObject> found =
        rungs(incident).stream().filter(rung -> action.equals(text(rung, "action"))).toList();
    if (found.size() != 1) {
      throw new AssertionError("not one " + action + " but " + found.size() + ": " + incident);
    }
    return found.get(0);
  }

  /** Its rungs in order, in words: "term allowed done", "page allowed -". */
  static List<String> course(JsonObject incident) {
    return rungs(incident).stream()
        .map(
            rung ->
                text(rung, "action")
                    + " "
                    + text(rung.getAsJsonObject("verdict"), "is")
                    + " "
                    + (rung.get("outcome").isJsonNull()
                        ? "-"
                        : text(rung.getAsJsonObject("outcome"), "is")))
        .toList();
  }

  /** Empty for null. */
  static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  private static List<JsonObject> objects(JsonElement array) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
