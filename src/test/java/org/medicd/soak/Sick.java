package org.medicd.soak;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.medicd.lab.SystemdLab;

/** Somebody who fell ill in the lab, and what became of it. */
abstract class Sick {
  static final Duration SHORT = Duration.ofSeconds(30);
  static final Path PLACE = Path.of("/run/soak");
  private static final Set<String> ENDS = Set.of("recovered", "vanished", "withdrawn");

  private final SystemdLab lab;
  private final String name;
  private final Illness illness;
  private final long begunNanos = System.nanoTime();
  private boolean doubt;

  private Sick(SystemdLab lab, String name, Illness illness) {
    this.lab = lab;
    this.name = name;
    this.illness = illness;
  }

  /**
   * Begins.
   *
   * @param number nobody else's
   */
  static Sick of(Illness illness, int number, SystemdLab lab) {
    Sick sick =
        illness == Illness.DISK
            ? new Disk(lab, "disk-%03d".formatted(number))
            : new Service(lab, "ill-%04d".formatted(number), illness);
    sick.begin();
    return sick;
  }

  abstract void begin();

  /** Takes away what is left. */
  abstract void end();

  /** What is not as it should be now that the incident is over; empty: nothing. */
  abstract String leftover() throws IOException;

  String name() {
    return name;
  }

  Illness illness() {
    return illness;
  }

  SystemdLab lab() {
    return lab;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  /** medicd is ended while this one is in treatment. */
  void medicdEnds() {
    doubt = true;
  }

  boolean doubt() {
    return doubt;
  }

  /** All that medicd tells of it has come to an end. */
  boolean isOver(List<JsonObject> incidents) {
    List<JsonObject> ours = about(incidents);
    return !ours.isEmpty() && ours.stream().allMatch(each -> ENDS.contains(text(each, "state")));
  }

  private List<JsonObject> about(List<JsonObject> incidents) {
    return incidents.stream()
        .filter(each -> text(each, "diagnosis").equals(illness.diagnosis()))
        .filter(each -> each.getAsJsonObject("subject").toString().contains(name))
        .toList();
  }

  /** Looks at it once it is over, or its time is. */
  List<String> complaints(List<JsonObject> incidents, List<Sent> sent) throws IOException {
    List<String> all = new ArrayList<>();
    List<JsonObject> ours = about(incidents).stream().filter(each -> !isWithdrawn(each)).toList();
    if (ours.size() != 1) {
      all.add(ours.size() + " incidents: " + ours);
    } else if (!isOver(incidents)) {
      all.add("its incident is not over: " + ours.get(0).get("rungs"));
    }
    all.add(illness.complaint(signals(sent), doubt));
    if (illness == Illness.PACK && sent.stream().map(Sent::pid).distinct().count() != sent.size()) {
      all.add("somebody got a signal twice: " + sent);
    }
    all.add(leftover());
    return all.stream().filter(each -> !each.isEmpty()).map(each -> this + ": " + each).toList();
  }

  /** It went into the incident of its group. */
  private static boolean isWithdrawn(JsonObject incident) {
    return text(incident, "state").equals("withdrawn");
  }

  private static List<String> signals(List<Sent> sent) {
    return sent.stream().map(Sent::signal).toList();
  }

  static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  @Override
  public String toString() {
    return name + " (" + illness.kind() + (doubt ? ", medicd ended meanwhile)" : ")");
  }

  /** A service of its own. */
  private static final class Service extends Sick {
    Service(SystemdLab lab, String name, Illness illness) {
      super(lab, name, illness);
    }

    private String unit() {
      return (illness() == Illness.GUARDED ? "guarded-" + name() : name()) + ".service";
    }

    private Path starts() {
      return PLACE.resolve(name() + ".starts");
    }

    @Override
    void begin() {
      lab()
          .run(
              SHORT,
              "systemd-run",
              "--quiet",
              "--collect",
              "--unit=" + unit(),
              "-pLimitNOFILE=400",
              "-pTimeoutStopSec=5s",
              "-pExecStartPre=/bin/sh -c 'echo >> " + starts() + "'",
              PLACE.resolve("patient").toString(),
              name(),
              illness().kind(),
              PLACE.resolve(name() + ".mark").toString())
          .expectSuccess();
    }

    @Override
    String leftover() throws IOException {
      boolean active = lab().run(SHORT, "systemctl", "is-active", "--quiet", unit()).status() == 0;
      int starts = Files.readAllLines(lab().inLab(starts())).size();
      boolean anew = illness().after() == Illness.After.STARTED_ANEW;
      if (active != (illness().after() != Illness.After.GONE)) {
        return unit() + (active ? " is still active" : " is not active");
      }
      return starts == (anew ? 2 : 1) ? "" : unit() + " was started " + starts + " times";
    }

    @Override
    void end() {
      lab().run(SHORT, "systemctl", "stop", unit()); // it may be gone already
    }
  }

  /** A small file system, full of what may go. */
  private static final class Disk extends Sick {
    Disk(SystemdLab lab, String name) {
      super(lab, name, Illness.DISK);
    }

    private String folder() {
      return PLACE.resolve(name()).toString();
    }

    @Override
    void begin() {
      String fill =
          "mkdir $0 && mount -t tmpfs -o size=8m soak $0 && mkdir $0/log && echo > $0/log/new.gz"
              + " && head -c 1M /dev/zero > $0/data && cp -p $0/data $0/log/young.gz"
              + " && head -c 7M /dev/zero > $0/log/old.gz; touch -d '-10 days' $0/log/old.gz";
      lab().run(SHORT, "sh", "-c", fill, folder());
    }

    @Override
    String leftover() {
      String left = lab().run(SHORT, "ls", folder(), folder() + "/log").out();
      boolean right =
          left.contains("data") && left.contains("young.gz") && !left.contains("old.gz");
      return right ? "" : "there are " + left.lines().toList();
    }

    @Override
    void end() {
      lab().run(SHORT, "umount", folder());
    }
  }
}
