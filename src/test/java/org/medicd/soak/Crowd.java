package org.medicd.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.medicd.lab.SystemdLab;

/**
 * Services that are well, most of them in ways that look a little like an illness. Their admin
 * starts one anew at times.
 */
final class Crowd {
  private static final Map<String, Integer> KINDS =
      Map.of("bursts", 3, "sawtooth", 2, "spawns", 1, "late", 2, "shelf", 2, "idle", 30);

  private final SystemdLab lab;

  /** By unit, the invocation that is known to be right. */
  private final Map<String, String> invocations = new LinkedHashMap<>();

  Crowd(SystemdLab lab) {
    this.lab = lab;
    new TreeMap<>(KINDS)
        .forEach(
            (kind, count) -> {
              for (int i = 1; i <= count; i++) {
                begin(kind, "well-" + kind + "-" + i);
              }
            });
  }

  private void begin(String kind, String name) {
    lab.run(
            Sick.SHORT,
            "systemd-run",
            "--quiet",
            "--unit=" + name,
            Sick.PLACE.resolve("patient").toString(),
            name,
            kind)
        .expectSuccess();
    invocations.put(name, invocation(name));
  }

  private String invocation(String unit) {
    return lab.systemctl("show", "--value", "-p", "InvocationID", unit);
  }

  void restartOne(Random random) {
    String unit = List.copyOf(invocations.keySet()).get(random.nextInt(invocations.size()));
    lab.systemctl("restart", unit);
    invocations.put(unit, invocation(unit));
  }

  int size() {
    return invocations.size();
  }

  /** Who is not as its admin left it. */
  List<String> complaints() {
    List<String> all = new ArrayList<>();
    invocations.forEach(
        (unit, invocation) -> {
          String state = lab.systemctl("show", "--value", "-p", "ActiveState", unit);
          if (!state.equals("active") || !invocation(unit).equals(invocation)) {
            all.add(unit + ", which is well, is " + state + " and was started anew or ended");
          }
        });
    return all;
  }
}
