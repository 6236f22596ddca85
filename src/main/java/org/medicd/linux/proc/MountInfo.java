package org.medicd.linux.proc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** /proc/PID/mountinfo (proc_pid_mountinfo(5)): what is mounted where a process can see it. */
public record MountInfo(List<Mount> mounts) {
  private static final String FILE = "proc/PID/mountinfo";

  public MountInfo {
    mounts = List.copyOf(mounts);
  }

  /**
   * One mount.
   *
   * @param device major:minor
   * @param source the device or server behind it, as /dev/sda1 or nas:/export
   * @param readOnly this mount, or the file system as a whole; ext4 tells of one that has turned so
   *     after an error as emergency_ro (6.15 and later)
   */
  public record Mount(
      String device, String mountPoint, String type, String source, boolean readOnly) {
    private boolean holds(String path) {
      return mountPoint.equals("/")
          || path.equals(mountPoint)
          || path.startsWith(mountPoint) && path.charAt(mountPoint.length()) == '/';
    }
  }

  /** The mount that an absolute path lies in; of two on one mount point the later, which hides. */
  public @Nullable Mount of(String absolutePath) {
    Mount best = null;
    for (Mount mount : mounts) {
      boolean deeper = best == null || mount.mountPoint().length() >= best.mountPoint().length();
      if (mount.holds(absolutePath) && deeper) {
        best = mount;
      }
    }
    return best;
  }

  /** The first mount of a file system by its device number, major:minor. */
  public @Nullable Mount ofDevice(String device) {
    for (Mount mount : mounts) {
      if (mount.device().equals(device)) {
        return mount;
      }
    }
    return null;
  }

  public static MountInfo parse(String content) throws MalformedKernelFile {
    List<Mount> mounts = new ArrayList<>();
    for (String line : content.split("\n")) {
      if (!line.isEmpty()) {
        mounts.add(mount(line));
      }
    }
    return new MountInfo(mounts);
  }

  /** 36 35 98:0 /root /mount/point options optional… - type source superoptions */
  private static Mount mount(String line) throws MalformedKernelFile {
    int dash = line.indexOf(" - ");
    if (dash < 0) {
      throw new MalformedKernelFile(FILE, "a line without \" - \"");
    }
    Words before = new Words(FILE, line.substring(0, dash));
    Words after = new Words(FILE, line.substring(dash + " - ".length()));
    return new Mount(
        before.word(2),
        unescape(before.word(4)),
        after.word(0),
        unescape(after.word(1)),
        isReadOnly(before, 5) || isReadOnly(after, 2));
  }

  private static boolean isReadOnly(Words words, int options) throws MalformedKernelFile {
    if (words.count() <= options) {
      return false;
    }
    String framed = "," + words.word(options) + ",";
    return framed.contains(",ro,") || framed.contains(",emergency_ro,");
  }

  /** Space, tab, line break and backslash stand as \040 and so on. */
  public static String unescape(String escaped) {
    if (escaped.indexOf('\\') < 0) {
      return escaped;
    }
    byte[] in = escaped.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      boolean octal =
          in[i] == '\\'
              && i + 3 < in.length
              && digit(in, i + 1)
              && digit(in, i + 2)
              && digit(in, i + 3);
      if (octal) {
        out[length++] =
            (byte) ((in[i + 1] - '0') << 6 | (in[i + 2] - '0') << 3 | (in[i + 3] - '0'));
        i += 3;
      } else {
        out[length++] = in[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean digit(byte[] bytes, int at) {
    return bytes[at] >= '0' && bytes[at] <= '7';
  }
}
