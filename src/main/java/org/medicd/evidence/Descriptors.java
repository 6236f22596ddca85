package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The open descriptors: how many of each kind, the files held most often, and deleted files. */
record Descriptors(Scene scene, int mostCounted, int mostListed) implements Part {
  private static final String DELETED = " (deleted)";

  @Override
  public String name() {
    return "descriptors";
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    Map<String, Integer> kinds = new TreeMap<>();
    Map<String, Integer> files = new TreeMap<>();
    List<Path> deleted = new ArrayList<>();
    int total = 0;
    try (DirectoryStream<Path> open = Files.newDirectoryStream(scene.folder().resolve("fd"))) {
      for (Path descriptor : open) {
        if (++total > mostCounted) {
          sheet.line("more than " + mostCounted + " descriptors, the rest was not looked at");
          sheet.markCut();
          break;
        }
        String target = target(descriptor);
        String kind = kindOf(target);
        kinds.merge(kind, 1, Integer::sum);
        if (kind.equals("file") || kind.equals("device")) {
          files.merge(target, 1, Integer::sum);
        } else if (kind.equals("deleted file")) {
          deleted.add(descriptor);
        }
      }
    }
    sheet.line("descriptors: " + Math.min(total, mostCounted));
    kinds.forEach((kind, count) -> sheet.line("  " + count + " " + kind));
    listFiles(files, sheet);
    listDeleted(deleted, sheet);
  }

  /** The kind behind a link of /proc/PID/fd, as "socket" for "socket:[4711]". */
  static String kindOf(String target) {
    if (target.startsWith("/memfd:")) {
      return "memfd";
    }
    if (target.startsWith("/")) {
      if (target.endsWith(DELETED)) {
        return "deleted file";
      }
      return target.startsWith("/dev/") ? "device" : "file";
    }
    int colon = target.indexOf(':');
    if (target.startsWith("anon_inode:")) {
      return target; // as anon_inode:[eventpoll]: what it is stands behind the colon
    }
    return colon < 0 ? "unknown" : target.substring(0, colon);
  }

  /** Where the link of a descriptor leads; empty where it was closed in between. */
  static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private void listFiles(Map<String, Integer> files, Sheet sheet) {
    sheet.line("files and devices, how often each is open:");
    files.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(mostListed)
        .forEach(file -> sheet.line("  " + file.getValue() + " " + file.getKey()));
  }

  /** Last, because asking a file system for a size may hang. */
  private void listDeleted(List<Path> deleted, Sheet sheet) {
    sheet.line("deleted but open: " + deleted.size());
    for (Path descriptor : deleted.subList(0, Math.min(deleted.size(), mostListed))) {
      String size;
      try {
        size = Files.size(descriptor) + " bytes";
      } catch (IOException e) {
        size = "size unknown";
      }
      sheet.line("  fd %s: %s, %s".formatted(descriptor.getFileName(), size, target(descriptor)));
    }
  }
}
