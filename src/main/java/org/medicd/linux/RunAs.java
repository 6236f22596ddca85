package org.medicd.linux;

/** As whom a program runs. */
public sealed interface RunAs {
  /** As the user that medicd itself runs as. */
  record Same() implements RunAs {}

  /** As this user and group, without supplementary groups and without a way to gain privileges. */
  record User(int uid, int gid) implements RunAs {
    public User {
      if (uid < 0 || gid < 0) {
        throw new IllegalArgumentException(
            "no user or group has a negative id: " + uid + "/" + gid);
      }
    }
  }

  /**
   * As the user that medicd itself runs as, with no capability but that of reading what others keep
   * to themselves, and without a way to gain one; as far as this host can do that.
   *
   * @param readsAll keeps that one; else only root does, who has it by its name
   */
  record Powerless(boolean readsAll) implements RunAs {}

  static RunAs powerless() {
    return new Powerless(false);
  }

  /**
   * The same with the capability of reading what others keep to themselves, where medicd has it.
   */
  static RunAs reader() {
    return new Powerless(true);
  }

  static RunAs same() {
    return new Same();
  }

  static RunAs user(int uid, int gid) {
    return new User(uid, gid);
  }
}
