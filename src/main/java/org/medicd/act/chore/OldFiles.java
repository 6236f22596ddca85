package org.medicd.act.chore;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Vacuum;
import org.medicd.linux.proc.MountInfo;

/**
 * Deletes old files of one folder. Goes down by descriptors of folders, never by paths and never
 * through a link, so that nobody can lead it elsewhere while it works; and stays on one file
 * system. The newest file that matches in each folder stays, whatever its age: a clock that is
 * wrong, or a rotation that has stopped, must not cost the last one.
 */
final class OldFiles {
  private static final int DEEPEST = 32;
  private static final int MOST_PROBLEMS = 3;

  /**
   * What came of it.
   *
   * @param problems the first few of what could not be deleted
   */
  record Removed(int files, List<String> problems) {
    Removed {
      problems = List.copyOf(problems);
    }
  }

  private record Old(Path name, Instant written) {}

  private final Vacuum.OldFiles what;
  private final Instant before;
  private final MountInfo mounts;
  private final PathMatcher matcher;
  private final List<String> problems = new ArrayList<>();
  private int files;

  /**
   * @param before files that were last written before go
   */
  OldFiles(Vacuum.OldFiles what, Instant before, MountInfo mounts) {
    this.what = what;
    this.before = before;
    this.mounts = mounts;
    this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + what.glob());
  }

  Removed remove() throws IOException {
    Path at = Path.of("/");
    try (SecureDirectoryStream<Path> root = secure(Files.newDirectoryStream(at))) {
      descend(root, at, 0);
    }
    return new Removed(files, problems);
  }

  /** Steps from the root to the folder, name by name. */
  private void descend(SecureDirectoryStream<Path> folder, Path path, int depth)
      throws IOException {
    if (depth == what.folder().getNameCount()) {
      clean(folder, path, Path.of(""), 0);
      return;
    }
    Path name = what.folder().getName(depth);
    Path next = path.resolve(name);
    try (SecureDirectoryStream<Path> below =
        folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      descend(below, next, depth + 1);
    } catch (NotDirectoryException e) {
      throw new IOException(next + " is no folder, or a link to one: name the folder itself", e);
    } catch (FileSystemException e) {
      boolean isLink = String.valueOf(e.getReason()).contains("symbolic link");
      throw isLink ? new IOException(next + " is a link: name the folder itself", e) : e;
    }
  }

  private void clean(SecureDirectoryStream<Path> folder, Path path, Path below, int depth)
      throws IOException {
    List<Old> matching = new ArrayList<>();
    for (Path entry : folder) {
      Path name = entry.getFileName();
      BasicFileAttributes attributes = attributes(folder, name);
      if (name == null || attributes == null) {
        continue;
      }
      if (attributes.isDirectory()) {
        cleanBelow(folder, path.resolve(name), below.resolve(name), depth);
      } else if (attributes.isRegularFile() && matcher.matches(below.resolve(name))) {
        matching.add(new Old(name, attributes.lastModifiedTime().toInstant()));
      }
    }
    Instant newest =
        matching.stream().map(Old::written).max(Instant::compareTo).orElse(Instant.MAX);
    for (Old file : matching) {
      if (file.written().isBefore(before) && file.written().isBefore(newest)) {
        delete(folder, path, file.name());
      }
    }
  }

  private void cleanBelow(SecureDirectoryStream<Path> folder, Path path, Path below, int depth) {
    if (depth == DEEPEST || isMountPoint(path)) {
      return;
    }
    try (SecureDirectoryStream<Path> next =
        folder.newDirectoryStream(path.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
      clean(next, path, below, depth + 1);
    } catch (IOException e) {
      problem(path, e);
    }
  }

  private boolean isMountPoint(Path path) {
    return mounts.mounts().stream().anyMatch(each -> each.mountPoint().equals(path.toString()));
  }

  /** Null: gone meanwhile. */
  private static @Nullable BasicFileAttributes attributes(
      SecureDirectoryStream<Path> folder, @Nullable Path name) {
    try {
      return name == null
          ? null
          : folder
              .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes();
    } catch (IOException e) {
      return null;
    }
  }

  private void delete(SecureDirectoryStream<Path> folder, Path path, Path name) {
    try {
      folder.deleteFile(name);
      files++;
    } catch (IOException e) {
      problem(path.resolve(name), e);
    }
  }

  private void problem(Path path, IOException e) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(path + ": " + e.getMessage());
    }
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException("this JVM cannot open folders without following links");
  }
}
