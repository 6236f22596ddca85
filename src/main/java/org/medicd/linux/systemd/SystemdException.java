package org.medicd.linux.systemd;

/** Why systemd did not do or tell what it was asked; the message says how to mend it. */
public final class SystemdException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What a caller can tell apart. */
  public enum Kind {
    /** No bus, or no systemd on it. Nothing was asked. */
    UNREACHABLE,
    /** systemd knows no unit of this name. */
    NO_SUCH_UNIT,
    /** This user may not do that: polkit said no. */
    NOT_PERMITTED,
    /** systemd will not do that with this unit. */
    REFUSED,
    /** No answer within the deadline; what was asked may still come to pass. */
    TIMED_OUT,
    /** The bus was lost after asking: whether it was done is unknown. */
    IN_DOUBT
  }

  private final Kind kind;

  SystemdException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
