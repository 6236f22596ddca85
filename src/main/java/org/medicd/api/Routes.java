package org.medicd.api;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Which question of the daemon a path stands for. Knows nothing of sockets. */
final class Routes {
  private static final String BASE = "/v1/";
  private static final Set<String> COMMANDS =
      Set.of("approve", "deny", "pause", "resume", "reload", "silence", "unsilence");
  private static final Set<String> QUESTIONS = Set.of("status", "incidents", "why");

  private final Daemon daemon;

  Routes(Daemon daemon) {
    this.daemon = daemon;
  }

  /**
   * Never throws for what a client can send. Of incidents, the parameter "all" asks for closed ones
   * too, and "shadow" for those of rules in shadow.
   */
  Answer answer(Asked asked) {
    String path = asked.path();
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
    if (!asked.method().equals(expected)) {
      return Answer.error(405, path + " takes " + expected + ", not " + asked.method());
    }
    try {
      return command ? command(parts[0], argument, asked) : question(parts[0], argument, asked);
    } catch (IOException e) {
      return Answer.error(503, String.valueOf(e.getMessage()));
    }
  }

  private Answer question(String what, String argument, Asked asked) throws IOException {
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
    boolean all = asked.is("all");
    return Answer.ok(asked.is("shadow") ? daemon.shadows(all) : daemon.incidents(all));
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

  private Answer command(String what, String id, Asked asked) throws IOException {
    boolean aboutIncident = what.equals("approve") || what.equals("deny");
    if (aboutIncident && daemon.incident(id).isEmpty()) {
      return noIncident(id);
    }
    if (!aboutIncident && !what.equals("unsilence") && !id.isEmpty()) {
      return nothingAt(BASE + what + "/" + id);
    }
    return Answer.of(
        switch (what) {
          case "approve" -> daemon.approve(id, asked.who());
          case "deny" -> daemon.deny(id, asked.who());
          case "pause" -> daemon.pause(asked.who(), asked.first("reason"));
          case "silence" ->
              daemon.silence(
                  asked.all("match"), asked.first("for"), asked.who(), asked.first("reason"));
          case "unsilence" -> daemon.unsilence(id, asked.who());
          case "resume" -> daemon.resume(asked.who());
          default -> daemon.reload(asked.who());
        });
  }

  private static Answer noIncident(String id) {
    return Answer.error(404, "no incident is called \"" + id + "\"; see medic incidents --all");
  }

  private static Answer nothingAt(String path) {
    return Answer.error(404, "there is nothing at " + path);
  }
}
