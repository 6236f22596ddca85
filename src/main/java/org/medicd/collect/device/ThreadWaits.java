package org.medicd.collect.device;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.medicd.collect.ProcTree;

/** What the threads of a process wait for, by the kernel's function (/proc/PID/task/TID/wchan). */
final class ThreadWaits {
  private static final int MOST_THREADS = 2_000;
  private static final Pattern LOCKED = Pattern.compile("^(__)?futex_");
  private static final Pattern FOR_CONNECTIONS =
      Pattern.compile("^(ep_poll|do_epoll_wait|inet_csk_accept|inet_csk_wait_for_connect)");

  private final ProcTree tree;

  /**
   * How many there are.
   *
   * @param threads all
   * @param locked those that wait for another thread
   * @param other those that neither do nor wait for connections
   */
  record Count(int threads, int locked, int other) {}

  ThreadWaits(ProcTree tree) {
    this.tree = tree;
  }

  Count of(int pid) throws IOException {
    int threads = 0;
    int locked = 0;
    int other = 0;
    String folder = pid + "/task";
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(tree.root().resolve(folder))) {
      for (Path task : tasks) {
        String wchan = wchan(folder + "/" + task.getFileName());
        threads++;
        locked += LOCKED.matcher(wchan).find() ? 1 : 0;
        other += LOCKED.matcher(wchan).find() || FOR_CONNECTIONS.matcher(wchan).find() ? 0 : 1;
        if (threads == MOST_THREADS) {
          break;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new Count(threads, locked, other);
  }

  /** "0" while it runs; a thread that has just ended waits for nothing any more. */
  private String wchan(String task) throws IOException {
    try {
      return tree.read(task + "/wchan").strip();
    } catch (IOException e) {
      if (ProcTree.isAbsence(e)) {
        return "0";
      }
      throw e;
    }
  }
}
