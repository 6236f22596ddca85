package org.medicd.notify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what became of letters, so that a later run of the daemon knows. Never waits. */
public interface Receipts {
  /** It is about to be tried: should the daemon die, it is to be made up alike. */
  void trying(String channel, Letter letter);

  /**
   * It was delivered.
   *
   * @param thread what later letters of its thread name it by
   */
  void delivered(String channel, Letter letter, String thread);

  /** Of a storm that is told later: these are counted only, and are not known any more. */
  void counted(String channel, List<String> notices);

  /** It was tried for as long as it is worth, or its receiver does not want it. */
  void givenUp(String channel, Letter letter, String why);

  /** Keeps nothing. */
  Receipts NONE =
      new Receipts() {
        @Override
        public void trying(String channel, Letter letter) {}

        @Override
        public void delivered(String channel, Letter letter, @Nullable String thread) {}

        @Override
        public void counted(String channel, List<String> notices) {}

        @Override
        public void givenUp(String channel, Letter letter, String why) {}
      };
}
