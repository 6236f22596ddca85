package org.medicd.api;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Which question of the daemon a path stands for. Knows nothing of sockets. */
final class Routes {
  private static final String BASE = "/v1/";
  private static final Set<String> COMMANDS =
      Set.of("approve", "deny", "pause", "resume", "reload");
  private static final Set<String> QUESTIONS = Set.of("status", "incidents", "why");

  private final Daemon daemon;

  Routes(Daemon daemon) {
    this.daemon = daemon;
  }

  /**
   * Never throws for what a client can send.
   *
   * @param path decoded, as /v1/why/17
   * @param all whether closed incidents were asked for
   * @param shadow whether those of rules in shadow were asked for
   */
  Answer answer(String method, String path, boolean all, boolean shadow) {
    if (!path.startsWith(BASE)) {
      return nothingAt(path);
    }
    String[] parts = path.substring(BASE.length()).split("/", 2);
    String argument = parts.length > 1 ? parts[1] : "";
    boolean command = COMMANDS.contains(parts[0]);
    if (!command && !QUESTIONS.contains(parts[0])) {
      return nothingAt(path);
    }
    String expected = command ? "POST" : "GET";
    if (!method.equals(expected)) {
      return Answer.error(405, path + " takes " + expected + ", not " + method);
    }
    try {
      return command ? command(parts[0], argument) : question(parts[0], argument, all, shadow);
    } catch (IOException e) {
      return Answer.error(503, String.valueOf(e.getMessage()));
    }
  }

  private Answer question(String what, String argument, boolean all, boolean shadow)
      throws IOException {
    if (what.equals("why")) {
      return why(argument);
    }
    if (what.equals("incidents") && !argument.isEmpty()) {
      Optional<IncidentView> incident = daemon.incident(argument);
      return incident.map(Answer::ok).orElseGet(() -> noIncident(argument));
    }
    if (!argument.isEmpty()) {
      return nothingAt(BASE + what + "/" + argument);
    }
    if (what.equals("status")) {
      return Answer.ok(daemon.status());
    }
    return Answer.ok(shadow ? daemon.shadows(all) : daemon.incidents(all));
  }

  private Answer why(String argument) {
    int pid;
    try {
      pid = Integer.parseInt(argument);
    } catch (NumberFormatException e) {
      return Answer.error(400, "not a pid: \"" + argument + "\"");
    }
    Optional<WhyView> why = daemon.why(pid);
    return why.map(Answer::ok).orElseGet(() -> Answer.error(404, "no process has pid " + pid));
  }

  private Answer command(String what, String id) throws IOException {
    boolean aboutOne = what.equals("approve") || what.equals("deny");
    if (aboutOne && daemon.incident(id).isEmpty()) {
      return noIncident(id);
    }
    if (!aboutOne && !id.isEmpty()) {
      return nothingAt(BASE + what + "/" + id);
    }
    return Answer.of(
        switch (what) {
          case "approve" -> daemon.approve(id);
          case "deny" -> daemon.deny(id);
          case "pause" -> daemon.pause();
          case "resume" -> daemon.resume();
          default -> daemon.reload();
        });
  }

  private static Answer noIncident(String id) {
    return Answer.error(404, "no incident is called \"" + id + "\"; see medic incidents --all");
  }

  private static Answer nothingAt(String path) {
    return Answer.error(404, "there is nothing at " + path);
  }
}
