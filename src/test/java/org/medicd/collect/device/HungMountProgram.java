package org.medicd.collect.device;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.Filesystem;
import org.medicd.fact.Gap;

/**
 * Looks at file systems of which one hangs, for a test that runs this in a mount namespace of its
 * own. Its clock runs on by 5 s with each look. Prints what was told of the two, then ends although
 * a reader is still held.
 */
final class HungMountProgram {
  private static long nanos;

  private HungMountProgram() {}

  public static void main(String[] hungAndGood) throws IOException {
    String hung = hungAndGood[0];
    String good = hungAndGood[1];
    ProcTree tree = new ProcTree(Path.of("/proc"));
    Filesystems filesystems = new Filesystems(tree, () -> nanos, Duration.ofMinutes(10));
    for (int look = 0; look < 4; look++) {
      Scene scene = Scenes.now(() -> nanos);
      long began = System.nanoTime();
      List<Filesystem> facts = filesystems.look(scene);
      System.out.printf("look %d%n", (System.nanoTime() - began) / 1_000_000);
      facts.stream()
          .map(Filesystem::mountPoint)
          .filter(point -> point.equals(hung) || point.equals(good))
          .forEach(point -> System.out.println("told " + (point.equals(good) ? "good" : "hung")));
      for (Gap gap : scene.gaps().toList()) {
        System.out.println("gap " + (gap.subject().contains(hung) ? "hung " : "") + gap.reason());
      }
      nanos += Duration.ofSeconds(5).toNanos();
    }
    System.out.println("readers " + readers());
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static long readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("medicd-reader-"))
        .count();
  }
}
