package org.medicd.act.chore;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Vacuum;
import org.medicd.linux.FilesystemSpace;
import org.medicd.linux.proc.MountInfo;
import org.medicd.linux.proc.MountInfo.Mount;
import org.medicd.plan.Outcome;

/**
 * Removes what the configuration says may go when a file system is full, as far as it lies on that
 * one. One cleaner that fails does not keep the others from it.
 */
final class Cleaning {
  private static final List<String> JOURNAL = List.of("/var/log/journal", "/run/log/journal");
  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final Root root;
  private final Vacuum allowed;
  private final @Nullable String mountPoint;
  private final Instant now;
  private final List<String> done = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  /**
   * @param mountPoint null: of any file system
   */
  Cleaning(Root root, Vacuum allowed, @Nullable String mountPoint, Instant now) {
    this.root = root;
    this.allowed = allowed;
    this.mountPoint = mountPoint;
    this.now = now;
  }

  Outcome run() throws IOException, InterruptedException {
    MountInfo mounts = root.mounts();
    Long before = available();
    cleanJournal(mounts);
    if (allowed.tmpfiles()) {
      run("temporary files", "systemd-tmpfiles", "--clean");
    }
    for (Vacuum.OldFiles old : allowed.files()) {
      if (isConcerned(old.folder().toString(), mounts)) {
        remove(old, mounts);
      }
    }
    return outcome(before, available());
  }

  private void cleanJournal(MountInfo mounts) throws InterruptedException {
    Long most = allowed.journalBytes();
    if (most != null && JOURNAL.stream().anyMatch(folder -> isConcerned(folder, mounts))) {
      run("journal", "journalctl", "--quiet", "--vacuum-size=" + most);
    }
  }

  private void run(String what, String... command) throws InterruptedException {
    try {
      root.run(WITHIN, command);
      done.add(what);
    } catch (IOException e) {
      failed.add(what + ": " + e.getMessage());
    }
  }

  private void remove(Vacuum.OldFiles old, MountInfo mounts) {
    try {
      OldFiles.Removed removed = new OldFiles(old, now.minus(old.olderThan()), mounts).remove();
      done.add(removed.files() + " files in " + old.folder());
      failed.addAll(removed.problems());
    } catch (IOException e) {
      failed.add(old.folder() + ": " + e.getMessage());
    }
  }

  private boolean isConcerned(String folder, MountInfo mounts) {
    Mount mount = mounts.of(folder);
    Mount full = mountPoint == null ? null : mounts.of(mountPoint);
    return mountPoint == null
        || mount != null && full != null && mount.device().equals(full.device());
  }

  private @Nullable Long available() {
    try {
      return mountPoint == null ? null : FilesystemSpace.of(mountPoint).availableBytes();
    } catch (IOException e) {
      return null;
    }
  }

  private Outcome outcome(@Nullable Long before, @Nullable Long after) {
    if (done.isEmpty() && failed.isEmpty()) {
      return new Outcome.Failed("nothing that may go lies on " + mountPoint);
    }
    String gained =
        before == null || after == null
            ? ""
            : "; " + Root.mebibytes(Math.max(0, after - before)) + " more available";
    String told = String.join(", ", done) + gained;
    return failed.isEmpty()
        ? new Outcome.Done("cleaned: " + told)
        : new Outcome.Failed(String.join("; ", failed) + (done.isEmpty() ? "" : "; " + told));
  }
}
