package org.medicd.collect.device;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.medicd.collect.ProcTree;

/**
 * The sockets that a process holds, by their inodes.
 *
 * @param complete false where there were too many open files to look at all of them
 */
record SocketInodes(Set<Long> inodes, boolean complete) {
  static final int MOST_FILES = 20_000;
  private static final String PREFIX = "socket:[";

  static SocketInodes of(ProcTree tree, int pid) throws IOException {
    Set<Long> inodes = new HashSet<>();
    int files = 0;
    String folder = pid + "/fd";
    try (DirectoryStream<Path> open = Files.newDirectoryStream(tree.root().resolve(folder))) {
      for (Path file : open) {
        if (++files > MOST_FILES) {
          return new SocketInodes(inodes, false);
        }
        addInode(tree, folder + "/" + file.getFileName(), inodes);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new SocketInodes(inodes, true);
  }

  private static void addInode(ProcTree tree, String file, Set<Long> inodes) throws IOException {
    try {
      String target = tree.link(file);
      if (target.startsWith(PREFIX) && target.endsWith("]")) {
        inodes.add(Long.parseLong(target.substring(PREFIX.length(), target.length() - 1)));
      }
    } catch (NumberFormatException e) {
      // a file that somebody has named so
    } catch (IOException e) {
      if (!ProcTree.isAbsence(e)) {
        throw e;
      }
    }
  }
}
