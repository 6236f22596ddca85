package org.medicd.linux.proc;

import org.jspecify.annotations.Nullable;

/** /proc/meminfo (proc_meminfo(5)). Null is a line that the kernel does not have. */
public record MemInfo(
    long totalBytes,
    long freeBytes,
    @Nullable Long availableBytes,
    @Nullable Long cachedBytes,
    @Nullable Long swapTotalBytes,
    @Nullable Long swapFreeBytes) {
  public static MemInfo parse(String content) throws MalformedKernelFile {
    Lines lines = new Lines("proc/meminfo", content);
    return new MemInfo(
        lines.get("MemTotal").kibibytes(0),
        lines.get("MemFree").kibibytes(0),
        lines.kibibytes("MemAvailable"),
        lines.kibibytes("Cached"),
        lines.kibibytes("SwapTotal"),
        lines.kibibytes("SwapFree"));
  }
}
