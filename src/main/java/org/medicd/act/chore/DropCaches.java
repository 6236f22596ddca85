package org.medicd.act.chore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.medicd.linux.proc.MemInfo;
import org.medicd.plan.Outcome;

/**
 * Has the kernel give back what it caches of files (Documentation/admin-guide/sysctl/vm.rst). What
 * is not written yet cannot be dropped, so sync comes first.
 *
 * @param file /proc/sys/vm/drop_caches
 */
record DropCaches(Root root, Path file) {
  private static final Duration SYNC = Duration.ofSeconds(60);
  private static final String PAGES_AND_SLAB = "3\n";

  Outcome run() throws IOException, InterruptedException {
    root.run(SYNC, "sync");
    MemInfo before = root.memory();
    Files.writeString(file, PAGES_AND_SLAB, StandardOpenOption.WRITE);
    MemInfo after = root.memory();
    long more = Math.max(0, after.freeBytes() - before.freeBytes());
    return new Outcome.Done(
        "written and dropped: "
            + Root.mebibytes(more)
            + " more free, "
            + Root.mebibytes(after.freeBytes())
            + " in all");
  }
}
