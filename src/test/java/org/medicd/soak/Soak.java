package org.medicd.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medicd.it.DaemonInLab;
import org.medicd.lab.SystemdLab;

/**
 * The installed daemon, in act mode and with the rules that it ships, among services that are well
 * and others that fall ill at random. In the first third of the time it is ended at random, too;
 * after that it lives on, so that what leaks is seen.
 */
final class Soak {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration REST = Duration.ofSeconds(20);
  private static final int SECONDS_BETWEEN_FAULTS = 8;
  private static final int SECONDS_BETWEEN_TROUBLES = 40;
  private static final int PARTS = 6;
  private static final int PARTS_WITH_ENDS = 2;
  private static final int AT_ONCE = 6;
  private static final int DISKS = 60;
  private static final Path HEAPS = Path.of("target/soak");

  /** Shorter than as shipped, and budgets that do not end: the checker wants many treatments. */
  private static final String YAML =
      """
      mode: act
      tick: 500ms
      protect: { units: ["guarded-*.service"] }
      budget: { per-rule: 10000/10m, per-unit: 10000/10m, per-host: 10000/10m }
      limits:
        cpu-runaway: { cpu-percent: 60, for: 5s, host-percent: 20 }
        zombie-storm: { zombies: 10, parent-zombies: 10, for: 5s }
        memory-leak: { window: 10s, growth-per-hour: 1GiB, min-rss: 64MiB, for: 5s, used-percent: 0 }
        fd-leak: { within: 1s, for: 5s }
        disk-full: { for: 2s }
      vacuum:
        files:
      """;

  private final Random faults;
  private final Random troubles;
  private final SystemdLab lab;
  private final DaemonInLab daemon;
  private final Crowd crowd;
  private final Lives lives;
  private final Checker checker;
  private final List<Vitals> rests = new ArrayList<>();
  private int services;
  private int disks;
  private int ends;

  private Soak(long seed, SystemdLab lab, DaemonInLab daemon, Witness witness) {
    this.faults = new Random(seed);
    this.troubles = new Random(seed + 1); // at their own times: the faults stay the same
    this.lab = lab;
    this.daemon = daemon;
    this.crowd = new Crowd(lab);
    this.lives = new Lives(lab, daemon);
    this.checker = new Checker(daemon, lives, witness);
  }

  /** Takes the program patient, how many minutes, and a seed: the same faults in the same order. */
  public static void main(String[] arguments) throws Exception {
    Path patient = Path.of(arguments[0]);
    Duration time = Duration.ofMinutes(Long.parseLong(arguments[1]));
    long seed = Long.parseLong(arguments[2]);
    System.out.println("seed " + seed);
    List<String> complaints;
    try (SystemdLab lab = SystemdLab.boot("--hybrid");
        Witness witness = Witness.open()) {
      Files.createDirectories(lab.inLab(Sick.PLACE));
      Path copy = lab.inLab(Sick.PLACE.resolve("patient"));
      Files.copy(patient, copy, StandardCopyOption.COPY_ATTRIBUTES);
      DaemonInLab daemon = DaemonInLab.install(lab, YAML + vacuumed());
      daemon.start();
      complaints = new Soak(seed, lab, daemon, witness).run(time);
      complaints.forEach(System.out::println);
      System.out.println(complaints.isEmpty() ? "nothing is wrong" : complaints.size() + " wrong");
    }
    System.exit(complaints.isEmpty() ? 0 : 1);
  }

  private static String vacuumed() {
    return IntStream.rangeClosed(1, DISKS)
        .mapToObj(
            number ->
                "    - { folder: %s/disk-%03d/log, glob: \"*.gz\", older-than: 7d }\n"
                    .formatted(Sick.PLACE, number))
        .collect(Collectors.joining());
  }

  private List<String> run(Duration time) throws Exception {
    long begin = System.nanoTime();
    for (int part = 1; part <= PARTS; part++) {
      boolean mayEnd = part <= PARTS_WITH_ENDS;
      faultsUntil(begin + time.toNanos() / PARTS * part, mayEnd);
      while (checker.ill() > 0) {
        look();
      }
      if (part >= PARTS_WITH_ENDS) {
        rest();
      }
    }
    Vitals warm = rests.get(1); // at the first, not all that it does is compiled yet
    List<String> wrong = checker.judge(crowd, warm, rests.get(rests.size() - 1));
    checker.account().forEach(System.out::println);
    System.out.println(crowd.size() + " services were well, medicd was ended " + ends + " times");
    return wrong;
  }

  private void faultsUntil(long nanos, boolean mayEnd) throws Exception {
    long nextFault = System.nanoTime();
    long nextTrouble = later(troubles, SECONDS_BETWEEN_TROUBLES);
    while (System.nanoTime() < nanos) {
      if (System.nanoTime() > nextFault && checker.ill() < AT_ONCE) {
        fallIll();
        nextFault = later(faults, SECONDS_BETWEEN_FAULTS);
      }
      if (System.nanoTime() > nextTrouble) {
        trouble(mayEnd);
        nextTrouble = later(troubles, SECONDS_BETWEEN_TROUBLES);
      }
      look();
    }
  }

  /** About so many seconds from now. */
  private static long later(Random random, int seconds) {
    return System.nanoTime() + Duration.ofMillis(random.nextInt(2 * seconds * 1000)).toNanos();
  }

  private void look() throws Exception {
    Thread.sleep(LOOK.toMillis());
    checker.look();
  }

  private void fallIll() {
    Illness illness = Illness.values()[faults.nextInt(Illness.values().length)];
    if (illness != Illness.DISK) {
      checker.fellIll(Sick.of(illness, ++services, lab));
    } else if (disks < DISKS) {
      checker.fellIll(Sick.of(illness, ++disks, lab));
    }
  }

  private void trouble(boolean mayEnd) {
    switch (troubles.nextInt(mayEnd ? 4 : 2)) {
      case 0 -> crowd.restartOne(troubles);
      case 1 -> lab.systemctl("reload", DaemonInLab.SERVICE);
      case 2 -> end("kill", "--signal=KILL", DaemonInLab.SERVICE);
      default -> end("restart", DaemonInLab.SERVICE);
    }
  }

  private void end(String... systemctl) {
    lives.look();
    lab.systemctl(systemctl);
    checker.medicdEnds();
    ends++;
  }

  private void rest() throws IOException, InterruptedException {
    Thread.sleep(REST.toMillis());
    Vitals vitals = Vitals.of(lab, daemon.pid(), lives.look());
    System.out.println("at rest: " + vitals);
    rests.add(vitals);
    Path classes = Files.createDirectories(HEAPS).resolve("heap-" + rests.size() + ".txt");
    Files.writeString(classes, Vitals.classes(lab, daemon.pid()));
  }
}
