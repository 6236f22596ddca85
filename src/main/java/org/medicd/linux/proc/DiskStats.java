package org.medicd.linux.proc;

import java.util.ArrayList;
import java.util.List;

/** /proc/diskstats (the kernel's Documentation/admin-guide/iostats.rst). */
public record DiskStats(List<Disk> disks) {
  private static final String FILE = "proc/diskstats";
  private static final int SECTOR_BYTES = 512;

  public DiskStats {
    disks = List.copyOf(disks);
  }

  /**
   * Counters of one device or partition since it appeared.
   *
   * @param device major:minor
   * @param name as sda
   * @param reads completed
   * @param readBytes read
   * @param readMillis how long the reads took, added up; wraps at 2^32
   * @param writes completed
   * @param writeBytes written
   * @param writeMillis how long the writes took, added up; wraps at 2^32
   * @param inFlight requests under way now
   * @param busyMillis time with requests under way; wraps at 2^32
   * @param queueMillis time of all requests under way, added up; wraps at 2^32
   */
  public record Disk(
      String device,
      String name,
      long reads,
      long readBytes,
      long readMillis,
      long writes,
      long writeBytes,
      long writeMillis,
      long inFlight,
      long busyMillis,
      long queueMillis) {
    /** Whether anything was ever read or written. */
    public boolean wasUsed() {
      return reads != 0 || writes != 0;
    }
  }

  public static DiskStats parse(String content) throws MalformedKernelFile {
    TextScanner scanner = new TextScanner(FILE, content);
    List<Disk> disks = new ArrayList<>();
    while (scanner.hasLine()) {
      if (scanner.hasWord()) {
        disk(scanner, disks);
      }
      scanner.nextLine();
    }
    return new DiskStats(disks);
  }

  /** Partitions of kernels before 2.6.25 have four counters only, and are left out. */
  private static void disk(TextScanner scanner, List<Disk> disks) throws MalformedKernelFile {
    String device = scanner.number() + ":" + scanner.number();
    String name = scanner.word();
    long[] figures = new long[11];
    for (int i = 0; i < figures.length; i++) {
      if (i == 4 && !scanner.hasWord()) {
        return;
      }
      figures[i] = scanner.counter();
    }
    disks.add(
        new Disk(
            device,
            name,
            figures[0],
            figures[2] * SECTOR_BYTES,
            figures[3],
            figures[4],
            figures[6] * SECTOR_BYTES,
            figures[7],
            figures[8],
            figures[9],
            figures[10]));
  }
}
