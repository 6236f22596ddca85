package org.medicd.act.chore;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.FilesystemId;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;

/**
 * One piece of work for the host, which takes root.
 *
 * @param task what
 * @param mountPoint of the file system that it is about; null: of the host as a whole
 */
public record Chore(Task task, @Nullable String mountPoint) {
  /** What can be done. */
  public enum Task {
    DROP_CACHES("drop-caches"),
    RESET_SWAP("reset-swap"),
    /** What a reset of swap that was broken off left undone. */
    SWAP_ON("swap-on"),
    VACUUM("vacuum"),
    READ_ONLY("read-only"),
    WRITABLE("writable");

    private final String word;

    Task(String word) {
      this.word = word;
    }

    private boolean isOfFilesystem() {
      return this == READ_ONLY || this == WRITABLE;
    }
  }

  /** What an intent asks for; empty where its subject does not fit. */
  public static Optional<Chore> of(Intent intent) {
    String mountPoint =
        intent.patient().subject() instanceof FilesystemId filesystem
            ? filesystem.mountPoint()
            : null;
    Action action = intent.action();
    Chore chore =
        switch (action.kind()) {
          case DROP_CACHES -> new Chore(Task.DROP_CACHES, null);
          case RESET_SWAP -> new Chore(Task.RESET_SWAP, null);
          case VACUUM -> new Chore(Task.VACUUM, mountPoint);
          case REMOUNT ->
              new Chore(
                  "ro".equals(action.argument()) ? Task.READ_ONLY : Task.WRITABLE, mountPoint);
          default -> throw new IllegalArgumentException(action.label() + " is no chore");
        };
    return chore.isWhole() ? Optional.of(chore) : Optional.empty();
  }

  /** As {@link #text} writes it; empty for what is none. */
  public static Optional<Chore> parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    String mountPoint = colon < 0 ? null : text.substring(colon + 1);
    return Arrays.stream(Task.values())
        .filter(task -> task.word.equals(word))
        .map(task -> new Chore(task, mountPoint))
        .filter(Chore::isWhole)
        .findFirst();
  }

  private boolean isWhole() {
    return mountPoint == null ? !task.isOfFilesystem() : mountPoint.startsWith("/");
  }

  /** On a command line and in the name of a unit: drop-caches, vacuum:/var. */
  public String text() {
    return mountPoint == null ? task.word : task.word + ":" + mountPoint;
  }
}
