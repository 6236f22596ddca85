package org.medicd.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A program that we started with all that it started: its descendants, and the orphans of its
 * session. Who left the session by setsid after losing its parent is out of reach.
 */
final class ProcessTree {
  private static final int KILL_ROUNDS = 3;
  private static final Duration KILL_TAKES = Duration.ofMillis(300);

  private final ProcessHandle root;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /**
   * TERM to all, KILL after the grace to those who stay. Takes no longer than the grace and about a
   * second.
   *
   * @return who is there nevertheless, as one in D state is
   */
  List<Long> end(Duration grace) throws InterruptedException {
    Set<ProcessHandle> members = members();
    members.forEach(ProcessHandle::destroy);
    awaitEnd(members, grace);
    for (int round = 0; round < KILL_ROUNDS; round++) {
      members.addAll(members());
      members.removeIf(member -> !member.isAlive());
      if (members.isEmpty()) {
        break;
      }
      members.forEach(ProcessHandle::destroyForcibly);
      awaitEnd(members, KILL_TAKES);
    }
    return members.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList();
  }

  private Set<ProcessHandle> members() {
    Set<ProcessHandle> members = new LinkedHashSet<>();
    members.add(root);
    root.descendants().forEach(members::add);
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.filter(this::isOfSession).forEach(members::add);
    }
    return members;
  }

  private boolean isOfSession(ProcessHandle handle) {
    try {
      byte[] stat = Files.readAllBytes(Path.of("/proc/" + handle.pid() + "/stat"));
      return sessionOf(new String(stat, StandardCharsets.ISO_8859_1)) == root.pid();
    } catch (IOException e) {
      return false; // ended in between
    }
  }

  /** Field 6 of /proc/PID/stat, counted from the last ')': a comm may contain one. */
  static long sessionOf(String stat) {
    String[] afterComm = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
    return Long.parseLong(afterComm[3]);
  }

  private static void awaitEnd(Set<ProcessHandle> members, Duration most)
      throws InterruptedException {
    CompletableFuture<?>[] ends =
        members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // the caller looks again who is alive
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for the end of a process failed", e);
    }
  }
}
