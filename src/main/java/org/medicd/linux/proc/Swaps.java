package org.medicd.linux.proc;

import java.util.ArrayList;
import java.util.List;

/** /proc/swaps (proc(5)): the swap areas in use. */
public record Swaps(List<Area> areas) {
  private static final String FILE = "proc/swaps";
  private static final String HEAD = "Filename";

  public Swaps {
    areas = List.copyOf(areas);
  }

  /**
   * One swap area.
   *
   * @param path of the device or file
   * @param sizeBytes of the whole
   * @param usedBytes what lies in it
   * @param priority areas of higher priority are used first; below 0: as the kernel gave it
   */
  public record Area(String path, long sizeBytes, long usedBytes, long priority) {}

  public static Swaps parse(String content) throws MalformedKernelFile {
    List<Area> areas = new ArrayList<>();
    for (String line : content.split("\n")) {
      if (!line.isBlank() && !line.startsWith(HEAD)) {
        Words words = new Words(FILE, line);
        areas.add(
            new Area(
                MountInfo.unescape(words.word(0)),
                words.kibibytes(2),
                words.kibibytes(3),
                words.number(4)));
      }
    }
    return new Swaps(areas);
  }
}
