package org.medicd.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that nobody but root and the daemon's user can have written: it, every folder above it,
 * and the same for each link on the way. A root-owned sticky folder, as /tmp, passes: what others
 * own in it they own visibly, and what root owns in it they cannot replace.
 */
public final class TrustedPath {
  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int MAX_LINKS = 40;

  private final int daemonUser;
  private final List<String> problems = new ArrayList<>();
  private final Set<Path> checked = new HashSet<>();
  private int links;

  private TrustedPath(int daemonUser) {
    this.daemonUser = daemonUser;
  }

  /** Why the file cannot be trusted by this process, each with how to mend it; empty if it can. */
  public static List<String> problems(Path path) {
    return problems(path, Kernel.effectiveUserId());
  }

  static List<String> problems(Path path, int daemonUser) {
    TrustedPath trusted = new TrustedPath(daemonUser);
    trusted.walk(path.toAbsolutePath());
    return List.copyOf(trusted.problems);
  }

  /** Follows the path name by name, as the kernel does: ".." counts after links, not before. */
  private void walk(Path absolute) {
    Path at = absolute.getRoot();
    check(at);
    for (Path name : absolute) {
      if (name.toString().equals("..")) {
        at = at.getParent() != null ? at.getParent() : at;
        continue;
      }
      Path next = name.toString().equals(".") ? at : at.resolve(name);
      if (!check(next)) {
        return;
      }
      if (Files.isSymbolicLink(next)) {
        Path target = follow(next);
        if (target == null) {
          return;
        }
        next = target;
      }
      at = next;
    }
  }

  private @Nullable Path follow(Path link) {
    if (++links > MAX_LINKS) {
      problems.add(link + " is one of more than " + MAX_LINKS + " links; name the file itself");
      return null;
    }
    try {
      walk(link.resolveSibling(Files.readSymbolicLink(link)));
      return link.toRealPath();
    } catch (IOException e) {
      if (problems.isEmpty()) {
        problems.add(link + " cannot be followed: " + e);
      }
      return null;
    }
  }

  /** Returns whether there is such a file to go on with. */
  private boolean check(Path path) {
    if (!checked.add(path)) {
      return true;
    }
    try {
      judge(path, attribute(path, "unix:uid"), attribute(path, "unix:mode"));
      return true;
    } catch (NoSuchFileException e) {
      problems.add(path + " does not exist");
      return false;
    } catch (IOException e) {
      problems.add(path + " cannot be looked at: " + e);
      return false;
    }
  }

  private static int attribute(Path path, String name) throws IOException {
    if (Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS) instanceof Integer value) {
      return value;
    }
    throw new IOException("the file system tells no " + name);
  }

  private void judge(Path path, int owner, int mode) {
    boolean isLink = Files.isSymbolicLink(path);
    if (owner != 0 && owner != daemonUser) {
      problems.add(
          "%s is owned by user id %d, not by root%s: chown %sroot %s"
              .formatted(
                  path,
                  owner,
                  daemonUser == 0 ? "" : " or the daemon's user (" + daemonUser + ")",
                  isLink ? "-h " : "",
                  path));
    }
    boolean passesAsSticky = Files.isDirectory(path) && (mode & STICKY) != 0 && owner == 0;
    if (!isLink && (mode & WRITABLE_BY_OTHERS) != 0 && !passesAsSticky) {
      problems.add(
          "%s is writable by %s (mode %04o): chmod go-w %s"
              .formatted(path, others(mode), mode & 07777, path));
    }
  }

  private static String others(int mode) {
    boolean group = (mode & 0020) != 0;
    boolean everybody = (mode & 0002) != 0;
    return group && everybody ? "its group and everybody" : group ? "its group" : "everybody";
  }
}
