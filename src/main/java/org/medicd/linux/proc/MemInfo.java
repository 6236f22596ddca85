package org.medicd.linux.proc;

import org.jspecify.annotations.Nullable;

/**
 * /proc/meminfo (proc_meminfo(5)). Null is a line that the kernel does not have.
 *
 * @param cachedBytes file pages in memory, shared memory among them
 * @param dirtyBytes waiting to be written
 * @param writebackBytes being written
 * @param shmemBytes shared memory and tmpfs
 */
public record MemInfo(
    long totalBytes,
    long freeBytes,
    @Nullable Long availableBytes,
    @Nullable Long cachedBytes,
    @Nullable Long swapTotalBytes,
    @Nullable Long swapFreeBytes,
    @Nullable Long dirtyBytes,
    @Nullable Long writebackBytes,
    @Nullable Long shmemBytes,
    @Nullable Long slabReclaimableBytes,
    @Nullable Long slabUnreclaimableBytes) {
  private static final String FILE = "proc/meminfo";
  private static final String[] KEYS = {
    "MemTotal:",
    "MemFree:",
    "MemAvailable:",
    "Cached:",
    "SwapTotal:",
    "SwapFree:",
    "Dirty:",
    "Writeback:",
    "Shmem:",
    "SReclaimable:",
    "SUnreclaim:"
  };

  public static MemInfo parse(String content) throws MalformedKernelFile {
    @Nullable Long[] bytes = new @Nullable Long[KEYS.length];
    TextScanner scanner = new TextScanner(FILE, content);
    int left = KEYS.length;
    for (; left > 0 && scanner.hasLine(); scanner.nextLine()) {
      for (int i = 0; i < KEYS.length; i++) {
        if (scanner.take(KEYS[i])) {
          bytes[i] = scanner.kibibytes();
          left--;
          break;
        }
      }
    }
    Long total = bytes[0];
    Long free = bytes[1];
    if (total == null || free == null) {
      throw new MalformedKernelFile(FILE, "a line MemTotal or MemFree is missing");
    }
    return new MemInfo(
        total, free, bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8], bytes[9],
        bytes[10]);
  }
}
