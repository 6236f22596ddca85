package org.medicd.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medicd.crash.Crashes.Outcome;
import org.medicd.lab.SystemdLab;

/**
 * Kills the daemon at every point there is, each in a run of its own, and once more while it takes
 * up what was in doubt. Run by src/test/crash.
 */
final class EveryCrash {
  private final Crashes crashes;
  private int wrong;

  private EveryCrash(Crashes crashes) {
    this.crashes = crashes;
  }

  /** Takes the program kill-at, and scenarios: all, unless some are named. */
  public static void main(String[] arguments) throws Exception {
    List<String> wanted = List.of(arguments).subList(1, arguments.length);
    Path base = Files.createTempDirectory("medicd-crashes-");
    EveryCrash every = new EveryCrash(new Crashes(Path.of(arguments[0]), base));
    try (SystemdLab lab = SystemdLab.boot("--hybrid", "--bind", base.toString())) {
      for (Map.Entry<String, Scenario.Beginning> each : scenarios(lab).entrySet()) {
        if (wanted.isEmpty() || wanted.contains(each.getKey())) {
          every.of(each.getKey(), each.getValue());
        }
      }
    } finally {
      Crashes.delete(base);
    }
    System.exit(every.wrong == 0 ? 0 : 1);
  }

  private static Map<String, Scenario.Beginning> scenarios(SystemdLab lab) {
    Map<String, Scenario.Beginning> all = new LinkedHashMap<>();
    all.put("signals", Patients::one);
    all.put("lease", Patients::held);
    all.put("group", Patients::group);
    all.put("restart", Services.restartedIn(lab));
    all.put("limit", Services.limitedIn(lab));
    return all;
  }

  private void of(String name, Scenario.Beginning scenario) throws Exception {
    Map<String, Integer> counts = every(name, scenario, List.of());
    String act = counts.containsKey("signal") ? "signal" : "bus";
    every(name, scenario, List.of(new KillPoint(act, 1, true)));
  }

  /** Crashes at every point of the life that follows on those; returns how many it has. */
  private Map<String, Integer> every(
      String name, Scenario.Beginning scenario, List<KillPoint> before) throws Exception {
    Map<String, Integer> counts = new TreeMap<>(crashes.run(scenario, before).counts());
    List<Callable<Outcome>> runs = new ArrayList<>();
    counts.forEach(
        (kind, count) ->
            points(kind, count)
                .map(point -> Stream.concat(before.stream(), Stream.of(point)).toList())
                .forEach(points -> runs.add(crashes.of(scenario, points))));
    List<Outcome> outcomes = Crashes.all(runs);
    List<Outcome> bad = outcomes.stream().filter(each -> !each.isGood()).toList();
    bad.forEach(each -> System.out.println(name + " " + each.points() + ": " + each.failure()));
    long passedOver =
        outcomes.stream()
            .filter(each -> each.isGood() && each.kills() < each.points().size())
            .count();
    System.out.println(
        "%s%s: %d crashes at points %s, %d that a run did not have, %d wrong"
            .formatted(
                name,
                before.isEmpty() ? "" : " after " + before,
                runs.size() - passedOver,
                counts,
                passedOver,
                bad.size()));
    wrong += bad.size();
    return counts;
  }

  /** After one call of the store's thread is before its next. */
  private static Stream<KillPoint> points(String kind, int count) {
    return IntStream.rangeClosed(1, count)
        .boxed()
        .flatMap(
            number -> {
              KillPoint before = new KillPoint(kind, number, false);
              KillPoint after = new KillPoint(kind, number, true);
              return kind.equals("state") ? Stream.of(before) : Stream.of(before, after);
            });
  }
}
