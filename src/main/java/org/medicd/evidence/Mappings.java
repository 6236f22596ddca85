package org.medicd.evidence;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** The largest mappings of the address space, by what is mapped. */
record Mappings(Scene scene, int mostListed) implements Part {
  @Override
  public String name() {
    return "mappings";
  }

  @Override
  public boolean takesMmapLock() {
    return true;
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    String maps = scene.read("maps", Scene.LARGE_BYTES);
    Map<String, Long> kibByName = kibByName(maps);
    if (kibByName.isEmpty()) {
      return; // a kernel thread or a zombie
    }
    sheet.line(maps.lines().count() + " mappings; the largest by address space, in KiB:");
    kibByName.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(mostListed)
        .forEach(one -> sheet.line("  " + one.getValue() + " " + one.getKey()));
    if (maps.length() >= Scene.LARGE_BYTES) {
      sheet.line(
          "there are more mappings: the figures are of the first " + Scene.LARGE_BYTES + " bytes");
      sheet.markCut();
    }
  }

  /** Sums up /proc/PID/maps (proc(5)); lines that are not whole are passed over. */
  static Map<String, Long> kibByName(String maps) {
    Map<String, Long> sums = new HashMap<>();
    for (String line : maps.split("\n")) {
      String[] fields = line.split(" +", 6);
      int dash = fields[0].indexOf('-');
      if (dash < 0 || fields.length < 5) {
        continue;
      }
      long from = Long.parseUnsignedLong(fields[0].substring(0, dash), 16);
      long to = Long.parseUnsignedLong(fields[0].substring(dash + 1), 16);
      String name = fields.length < 6 || fields[5].isBlank() ? "(anonymous)" : fields[5];
      sums.merge(name, (to - from) / 1024, Long::sum);
    }
    return sums;
  }
}
