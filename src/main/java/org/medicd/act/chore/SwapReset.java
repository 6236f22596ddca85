package org.medicd.act.chore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.MemInfo;
import org.medicd.linux.proc.Swaps.Area;
import org.medicd.plan.Outcome;

/**
 * Has all that is swapped read back, by turning swap off and on again, where it fits. It is noted
 * what is turned off, so that whoever comes after a crash turns it on.
 *
 * @param swaps the areas in use
 * @param note what was turned off, a line each: priority and path
 */
record SwapReset(Root root, Source swaps, Path note) {
  private static final Duration OFF = Duration.ofMinutes(4);
  private static final Duration ON = Duration.ofSeconds(20);

  /** So much of all memory is left free. */
  private static final int SPARE_SHARE = 10;

  /** Asks the kernel. */
  interface Source {
    List<Area> areas() throws IOException;
  }

  Outcome reset() throws IOException, InterruptedException {
    turnOn();
    long moved = 0;
    List<Area> used = swaps.areas().stream().filter(area -> area.usedBytes() > 0).toList();
    if (used.isEmpty()) {
      return new Outcome.Done("nothing is swapped out");
    }
    for (Area area : used) {
      String objection = objection(area);
      if (objection != null) {
        return new Outcome.Failed(objection);
      }
      Files.writeString(note, area.priority() + " " + area.path() + "\n");
      try {
        root.run(OFF, "swapoff", area.path());
        moved += area.usedBytes();
      } finally {
        turnOn();
      }
    }
    return new Outcome.Done(Root.mebibytes(moved) + " read back, swap is on again");
  }

  private String tooMuch(Area area, long room) {
    return Root.mebibytes(area.usedBytes())
        + " in "
        + area.path()
        + " do not fit into the "
        + Root.mebibytes(Math.max(0, room))
        + " that are available beside a tenth of the memory: swap stays on";
  }

  private @Nullable String objection(Area area) throws IOException {
    MemInfo memory = root.memory();
    Long available = memory.availableBytes();
    if (available == null) {
      return "the kernel does not tell how much memory is available: swap stays on";
    }
    long room = available - memory.totalBytes() / SPARE_SHARE;
    return area.usedBytes() > room ? tooMuch(area, room) : null;
  }

  /** Turns on what is noted and off. */
  Outcome turnOn() throws IOException, InterruptedException {
    List<String> on = new ArrayList<>();
    List<String> active = swaps.areas().stream().map(Area::path).toList();
    for (String line : noted()) {
      int space = line.indexOf(' ');
      String path = line.substring(space + 1);
      if (space > 0 && !active.contains(path)) {
        long priority = Long.parseLong(line.substring(0, space));
        turnOn(path, priority);
        on.add(path);
      }
    }
    Files.deleteIfExists(note);
    return new Outcome.Done(on.isEmpty() ? "all swap was on" : "on again: " + on);
  }

  private void turnOn(String path, long priority) throws IOException, InterruptedException {
    try {
      if (priority < 0) {
        root.run(ON, "swapon", path); // the kernel gives such priorities itself
      } else {
        root.run(ON, "swapon", "-p", Long.toString(priority), path);
      }
    } catch (Root.FailedException e) {
      throw new Root.FailedException(
          "swap " + path + " is off and does not go on: " + e.getMessage());
    }
  }

  private List<String> noted() throws IOException {
    try {
      return Files.readAllLines(note);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
