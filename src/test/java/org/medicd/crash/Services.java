package org.medicd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.medicd.lab.SystemdLab;

/** A service of a real systemd, which keeps a record of how often it was started. */
final class Services implements Scenario {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final SystemdLab lab;
  private final String name;
  private final Path starts;
  private final String ladder;
  private final List<String> actions;

  private Services(SystemdLab lab, Path folder, String name, String ladder, String... actions) {
    this.lab = lab;
    this.name = name;
    this.starts = folder.resolve("starts");
    this.ladder = ladder;
    this.actions = List.of(actions);
    Path program = folder.resolve(name);
    lab.run(LIMIT, "cp", "/bin/sleep", program.toString()).expectSuccess();
    lab.unitFile(
        unit(),
        "[Service]",
        "ExecStartPre=/bin/sh -c 'echo $INVOCATION_ID >> %s'".formatted(starts),
        "ExecStart=" + program + " infinity");
    lab.systemctl("start", unit());
  }

  /** One that is started anew, and is ill after that too. */
  static Beginning restartedIn(SystemdLab lab) {
    return (folder, name) ->
        new Services(lab, folder, name, ".restartUnit(\"1s\").page()", "restart-unit", "page");
  }

  /** One that is limited for a while. */
  static Beginning limitedIn(SystemdLab lab) {
    return (folder, name) ->
        new Services(lab, folder, name, ".limit(\"CPUQuota=50%\", \"1s\").page()", "limit", "page");
  }

  private String unit() {
    return name + ".service";
  }

  @Override
  public String comm() {
    return name;
  }

  @Override
  public String scope() {
    return "units: [" + unit() + "]";
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
  public List<String> place() {
    return lab.inside();
  }

  @Override
  public void check(JsonObject incident, Passed passed) throws IOException {
    // By its own record: systemd may drop a call whose caller has died.
    boolean restarts = actions.contains("restart-unit");
    assertThat(Files.readAllLines(starts)).doesNotHaveDuplicates().hasSize(restarts ? 2 : 1);
    assertThat(show("ActiveState")).isEqualTo("active");
    assertThat(show("CPUQuotaPerSecUSec")).isEqualTo("infinity");
    assertThat(
            lab.run(LIMIT, "sh", "-c", "ls -R /run/systemd/system.control 2>/dev/null; true").out())
        .doesNotContain(unit());
    if (!restarts) {
      assertThat(passed.carriedOut("signal")).isEmpty();
    }
  }

  private String show(String property) {
    return lab.systemctl("show", "--value", "-p", property, unit());
  }

  @Override
  public void close() {
    lab.systemctl("stop", unit());
  }
}
