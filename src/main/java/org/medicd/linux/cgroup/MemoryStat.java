package org.medicd.linux.cgroup;

import org.jspecify.annotations.Nullable;
import org.medicd.linux.proc.MalformedKernelFile;

/**
 * memory.stat, of v2 or of v1, with the groups below.
 *
 * @param anonBytes memory that no file stands behind
 * @param fileBytes page cache, tmpfs and shared memory included
 */
public record MemoryStat(@Nullable Long anonBytes, @Nullable Long fileBytes) {
  public static MemoryStat parse(String content) throws MalformedKernelFile {
    KeyedNumbers lines = new KeyedNumbers("cgroup/memory.stat", content);
    Long anon = lines.find("anon");
    return anon != null
        ? new MemoryStat(anon, lines.find("file"))
        : new MemoryStat(lines.find("total_rss"), lines.find("total_cache")); // v1
  }
}
