package org.medicd.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
  private static final long POLL_MILLIS = 20;
  private static final Duration KILL_TAKES = Duration.ofMillis(300);

  private final ProcessHandle root;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /**
   * TERM to all, unless there is no grace, and KILL after it to those who stay. Takes no longer
   * than the grace and about a second.
   *
   * @return who is there nevertheless, as one in D state is
   */
  List<Long> end(Duration grace) throws InterruptedException {
    Set<ProcessHandle> members = members();
    if (!grace.isZero()) {
      members.forEach(ProcessHandle::destroy);
      awaitEnd(members, grace);
    }
    for (int round = 0; round < KILL_ROUNDS; round++) {
      members.addAll(members());
      members.removeIf(member -> !runs(member));
      if (members.isEmpty()) {
        break;
      }
      members.forEach(ProcessHandle::destroyForcibly);
      awaitEnd(members, KILL_TAKES);
    }
    return members.stream().filter(ProcessTree::runs).map(ProcessHandle::pid).toList();
  }

  private Set<ProcessHandle> members() {
    Set<ProcessHandle> members = new LinkedHashSet<>();
    members.add(root);
    root.descendants().forEach(members::add);
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.filter(handle -> session(handle) == root.pid()).forEach(members::add);
    }
    return members;
  }

  private static long session(ProcessHandle handle) {
    String[] fields = fieldsAfterComm(stat(handle));
    return fields.length < 4 ? -1 : Long.parseLong(fields[3]);
  }

  /** A zombie does not run: that it is not reaped yet is the business of its new parent. */
  private static boolean runs(ProcessHandle handle) {
    return handle.isAlive() && !fieldsAfterComm(stat(handle))[0].equals("Z");
  }

  /** Empty if it has ended. */
  private static String stat(ProcessHandle handle) {
    try {
      byte[] stat = Files.readAllBytes(Path.of("/proc/" + handle.pid() + "/stat"));
      return new String(stat, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** State, parent, group, session … of /proc/PID/stat, after the last ')': a comm may hold one. */
  static String[] fieldsAfterComm(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", 5);
  }

  private static void awaitEnd(Set<ProcessHandle> members, Duration most)
      throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (ProcessHandle member : members) {
      while (runs(member) && System.nanoTime() - end < 0) {
        awaitEnd(member);
      }
    }
  }

  private static void awaitEnd(ProcessHandle member) throws InterruptedException {
    try {
      member.onExit().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // it may be a zombie by now, which onExit does not tell
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for the end of a process failed", e);
    }
  }
}
