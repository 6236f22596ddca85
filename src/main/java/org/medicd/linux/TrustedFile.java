package org.medicd.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether somebody else could have put another content into a file: it and every folder above
 * must be owned by root or by medicd's own user and writable by nobody else. Root's sticky folders,
 * as /tmp, pass.
 */
public final class TrustedFile {
  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;
  private static final int MAX_LINKS = 40;

  private TrustedFile() {}

  /**
   * Why the file is not to be trusted, as "/opt/x is writable by others (mode 0777)"; null: it is.
   * Follows links, and looks at the folders of each of them.
   */
  public static @Nullable String objection(Path file) throws IOException {
    Path hop = file.toAbsolutePath();
    for (int links = 0; links < MAX_LINKS; links++) {
      Path folder = hop.getParent();
      String objection = folder == null ? null : objectionToChain(folder.toRealPath());
      if (objection != null) {
        return objection;
      }
      if (!Files.isSymbolicLink(hop)) {
        return objectionToOne(hop.toRealPath());
      }
      hop = hop.resolveSibling(Files.readSymbolicLink(hop)).normalize();
    }
    return file + " is a link behind more than " + MAX_LINKS + " links";
  }

  private static @Nullable String objectionToChain(Path folder) throws IOException {
    for (Path one = folder; one != null; one = one.getParent()) {
      String objection = objectionToOne(one);
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  private static @Nullable String objectionToOne(Path path) throws IOException {
    Map<String, Object> seen =
        Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
    int uid = number(seen, "uid");
    int mode = number(seen, "mode");
    if (uid != 0 && uid != OwnUser.uid()) {
      return path + " belongs to uid " + uid + ", not to root";
    }
    boolean stickyOfRoot = uid == 0 && (mode & STICKY) != 0 && Files.isDirectory(path);
    if ((mode & OTHERS_WRITE) != 0 && !stickyOfRoot) {
      return "%s is writable by others (mode %04o)".formatted(path, mode & 07777);
    }
    return null;
  }

  private static int number(Map<String, Object> attributes, String name) {
    Object value = attributes.get(name);
    if (value instanceof Integer number) {
      return number;
    }
    throw new IllegalStateException("this file system does not tell the " + name + " of its files");
  }
}
