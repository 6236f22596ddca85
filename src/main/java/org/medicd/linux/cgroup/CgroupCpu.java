package org.medicd.linux.cgroup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.Descriptor;
import org.medicd.linux.LinuxException;
import org.medicd.linux.proc.MalformedKernelFile;

/**
 * The CPU time of one control group and all below it, read through a descriptor that stays open: it
 * never answers for a later group of the same path. To be used by one thread.
 */
public final class CgroupCpu implements AutoCloseable {
  /** What {@link #usageMicros} returns once the group has been removed. */
  public static final long GONE = -1;

  private static final byte[] KEY = {'u', 's', 'a', 'g', 'e', '_', 'u', 's', 'e', 'c', ' '};

  /** The figure that is wanted comes first in either file. */
  private static final int BUFFER_BYTES = 64;

  private static final int NANOS_PER_MICRO = 1000;

  private final Descriptor file;
  private final boolean unified;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private CgroupCpu(Descriptor file, boolean unified) {
    this.file = file;
    this.unified = unified;
  }

  /**
   * @param pathV2 of the group in the unified hierarchy; null where it is not in use
   * @param pathV1cpuacct of the group in v1's hierarchy of cpuacct; null where there is none
   * @return null where neither is mounted, or there is no such group, or no longer
   * @throws LinuxException as the kernel answers else, as EMFILE
   */
  public static @Nullable CgroupCpu open(
      Hierarchies hierarchies, @Nullable String pathV2, @Nullable String pathV1cpuacct)
      throws LinuxException {
    CgroupCpu unified = open(hierarchies.unified(), pathV2, "cpu.stat", true);
    return unified != null
        ? unified
        : open(hierarchies.byController().get("cpuacct"), pathV1cpuacct, "cpuacct.usage", false);
  }

  private static @Nullable CgroupCpu open(
      @Nullable Hierarchy hierarchy, @Nullable String path, String file, boolean unified)
      throws LinuxException {
    String folder = hierarchy == null || path == null ? null : hierarchy.folder(path);
    if (folder == null) {
      return null;
    }
    try {
      return new CgroupCpu(Descriptor.open(Path.of(folder, file)), unified);
    } catch (LinuxException e) {
      if (isGone(e)) {
        return null;
      }
      throw e;
    }
  }

  /**
   * Time on a CPU since the group was made, in microseconds, or {@link #GONE}. Allocates nothing.
   *
   * @throws IOException for any reason but the group's removal
   */
  public long usageMicros() throws IOException {
    try {
      file.read(buffer);
    } catch (LinuxException e) {
      if (isGone(e)) {
        return GONE;
      }
      throw e;
    }
    return unified ? number(KEY.length) : number(0) / NANOS_PER_MICRO;
  }

  private long number(int start) throws MalformedKernelFile {
    for (int i = 0; i < start; i++) {
      if (i >= buffer.limit() || buffer.get(i) != KEY[i]) {
        throw new MalformedKernelFile("cgroup/cpu.stat", "does not begin with usage_usec");
      }
    }
    long value = 0;
    int at = start;
    while (at < buffer.limit() && buffer.get(at) >= '0' && buffer.get(at) <= '9') {
      value = value * 10 + (buffer.get(at++) - '0');
    }
    if (at == start || value < 0) {
      throw new MalformedKernelFile("cgroup/cpu.stat", "no number for the usage");
    }
    return value;
  }

  private static boolean isGone(LinuxException failure) {
    return failure.isNoSuchDevice() || failure.isNoSuchFile();
  }

  @Override
  public void close() {
    file.close();
  }
}
