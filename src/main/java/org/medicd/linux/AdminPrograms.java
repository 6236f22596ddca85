package org.medicd.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.ProcessId;
import org.medicd.plan.Patient;

/**
 * Runs programs of the admin's: without a shell, as a user who is named. They learn of what it is
 * about by their environment.
 */
public final class AdminPrograms {
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Path ROOT = Path.of("/");

  private final Programs programs;

  public AdminPrograms(Programs programs) {
    this.programs = programs;
  }

  /**
   * As {@link Programs#run}.
   *
   * @param program an absolute path
   * @param user by name
   */
  public Programs.Result run(
      Path program,
      List<String> arguments,
      String user,
      Map<String, String> environment,
      Duration deadline,
      long mostOutputBytes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return programs.run(command, runAs(user), ROOT, environment, deadline, mostOutputBytes);
  }

  /** Asks whatever tells of users here (nsswitch.conf(5)), not the file alone. */
  private RunAs runAs(String name) throws IOException, InterruptedException {
    Programs.Result found =
        programs.run(List.of("getent", "passwd", name), RunAs.same(), ROOT, Map.of(), ASK, 4096);
    String[] fields = found.output().strip().split(":");
    if (!found.succeeded() || fields.length < 4) {
      throw new IOException("no user is named '" + name + "': see exec.user in the configuration");
    }
    try {
      return RunAs.user(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
    } catch (NumberFormatException e) {
      throw new IOException("user '" + name + "' has no number that can be read", e);
    }
  }

  /** What such a program may want to know of an incident; only what is known is there. */
  public static Map<String, String> facts(
      String incident, String diagnosis, String rule, Patient patient) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("MEDICD_INCIDENT", incident);
    facts.put("MEDICD_DIAGNOSIS", diagnosis);
    facts.put("MEDICD_RULE", rule);
    facts.put("MEDICD_SUBJECT", patient.subject().kind());
    put(facts, "MEDICD_COMM", patient.comm());
    put(facts, "MEDICD_EXECUTABLE", patient.executable());
    put(facts, "MEDICD_USER", patient.user());
    put(facts, "MEDICD_UNIT", patient.unit());
    if (patient.subject() instanceof ProcessId process) {
      facts.put("MEDICD_PID", Integer.toString(process.pid()));
      facts.put("MEDICD_START_TICKS", Long.toString(process.startTicks()));
    }
    if (patient.subject() instanceof FilesystemId filesystem) {
      facts.put("MEDICD_MOUNT_POINT", filesystem.mountPoint());
    }
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.put(name, value);
    }
  }
}
