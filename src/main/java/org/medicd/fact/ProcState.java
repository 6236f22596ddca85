package org.medicd.fact;

/** The state letter of a task, as proc(5) has it. */
public enum ProcState {
  RUNNING('R', "running or waiting for a CPU"),
  SLEEPING('S', "sleeping, can be woken by a signal"),
  DISK_SLEEP('D', "in uninterruptible sleep: no signal reaches it before the kernel lets it go"),
  ZOMBIE('Z', "ended, waiting for its parent to reap it"),
  STOPPED('T', "stopped by a signal"),
  TRACED('t', "stopped by a debugger"),
  DEAD('X', "being removed"),
  IDLE('I', "an idle kernel thread"),
  PARKED('P', "a parked kernel thread"),
  UNKNOWN('?', "in a state that medicd does not know");

  private final char letter;
  private final String meaning;

  ProcState(char letter, String meaning) {
    this.letter = letter;
    this.meaning = meaning;
  }

  public char letter() {
    return letter;
  }

  /** What the state means, to follow "the process is". */
  public String meaning() {
    return meaning;
  }

  /** Never throws: a letter of a newer kernel is {@link #UNKNOWN}. */
  public static ProcState of(char letter) {
    for (ProcState state : values()) {
      if (state.letter == letter) {
        return state;
      }
    }
    return UNKNOWN;
  }
}
