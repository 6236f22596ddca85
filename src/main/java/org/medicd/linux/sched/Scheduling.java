package org.medicd.linux.sched;

import java.util.List;
import java.util.Locale;
import org.medicd.linux.LinuxException;
import org.medicd.linux.ThreadScheduling;
import org.medicd.linux.proc.CpuList;
import org.medicd.linux.proc.MalformedKernelFile;

/**
 * A change of how the scheduler serves a thread. Linux keeps each of these by thread; a new thread
 * takes over those of the one that starts it.
 */
public sealed interface Scheduling {
  /** Changes one thread; needs CAP_SYS_NICE where it is another user's, or is to be served more. */
  void apply(int thread) throws LinuxException;

  /** As it is told to people: "nice 10". */
  String words();

  /** Its nice value, from -20 (served first) to 19: setpriority(2). */
  static Scheduling nice(int value) {
    return new Nice(value);
  }

  /** Its I/O priority, as ionice(1) names it: "idle", "best-effort:7", "realtime:0". */
  static Scheduling ioPriority(String text) {
    String[] words = text.split(":", 2);
    IoClass ioClass = oneOf(IoClass.values(), words[0], "class of I/O priority");
    int level = words.length == 1 ? ioClass.usual : number(words[1], text);
    return new IoPriority(ioClass, level);
  }

  /** The CPUs that it may run on, as "0-3,8": sched_setaffinity(2). */
  static Scheduling cpus(String list) {
    try {
      return new Cpus(list, CpuList.parse(list));
    } catch (MalformedKernelFile e) {
      throw new IllegalArgumentException("'" + list + "' is no list of CPUs, as 0-3,8", e);
    }
  }

  /** Its policy, as chrt(1) names it: "batch", "idle", "other", "fifo:10", "rr:10". */
  static Scheduling policy(String text) {
    String[] words = text.split(":", 2);
    Policy policy = oneOf(Policy.values(), words[0], "scheduling policy");
    return new PolicyChange(policy, words.length == 1 ? 0 : number(words[1], text));
  }

  /** Classes of ioprio_set(2). */
  enum IoClass {
    REALTIME(1, 4),
    BEST_EFFORT(2, 4),
    IDLE(3, 0);

    private final int number;
    private final int usual;

    IoClass(int number, int usual) {
      this.number = number;
      this.usual = usual;
    }
  }

  /** Policies of sched_setscheduler(2). */
  enum Policy {
    OTHER(0),
    FIFO(1),
    RR(2),
    BATCH(3),
    IDLE(5);

    private final int number;

    Policy(int number) {
      this.number = number;
    }

    private boolean isRealtime() {
      return this == FIFO || this == RR;
    }
  }

  /** See {@link #nice}. */
  record Nice(int value) implements Scheduling {
    private static final int LEAST = -20;
    private static final int MOST = 19;

    public Nice {
      require(value >= LEAST && value <= MOST, "a nice value is from -20 to 19, not " + value);
    }

    @Override
    public void apply(int thread) throws LinuxException {
      ThreadScheduling.nice(thread, value);
    }

    @Override
    public String words() {
      return "nice " + value;
    }
  }

  /** See {@link #ioPriority}. */
  record IoPriority(IoClass ioClass, int level) implements Scheduling {
    private static final int CLASS_SHIFT = 13;
    private static final int MOST = 7;

    public IoPriority {
      require(level >= 0 && level <= MOST, "a level of I/O priority is from 0 to 7, not " + level);
      require(ioClass != IoClass.IDLE || level == 0, "the I/O class idle has no levels");
    }

    @Override
    public void apply(int thread) throws LinuxException {
      ThreadScheduling.ioPriority(thread, (long) ioClass.number << CLASS_SHIFT | level);
    }

    @Override
    public String words() {
      return "I/O class " + name(ioClass) + (ioClass == IoClass.IDLE ? "" : " level " + level);
    }
  }

  /** See {@link #cpus}. */
  record Cpus(String list, List<Integer> numbers) implements Scheduling {
    private static final int MOST = 1 << 13;

    public Cpus {
      numbers = List.copyOf(numbers);
      require(!numbers.isEmpty(), "a list of CPUs must name one");
      require(numbers.stream().allMatch(cpu -> cpu < MOST), "there is no CPU beyond " + (MOST - 1));
    }

    @Override
    public void apply(int thread) throws LinuxException {
      byte[] mask = new byte[MOST / Byte.SIZE];
      numbers.forEach(cpu -> mask[cpu / Byte.SIZE] |= (byte) (1 << cpu % Byte.SIZE));
      ThreadScheduling.cpus(thread, mask);
    }

    @Override
    public String words() {
      return "CPUs " + list;
    }
  }

  /** See {@link #policy}. */
  record PolicyChange(Policy policy, int priority) implements Scheduling {
    private static final int MOST = 99;

    public PolicyChange {
      boolean fits = policy.isRealtime() ? priority >= 1 && priority <= MOST : priority == 0;
      require(
          fits,
          "the policy "
              + name(policy)
              + (policy.isRealtime() ? " needs a priority from 1 to 99" : " has no priorities"));
    }

    @Override
    public void apply(int thread) throws LinuxException {
      ThreadScheduling.policy(thread, policy.number, priority);
    }

    @Override
    public String words() {
      return "policy " + name(policy) + (policy.isRealtime() ? " priority " + priority : "");
    }
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E oneOf(E[] constants, String name, String what) {
    StringBuilder known = new StringBuilder();
    for (E each : constants) {
      if (name(each).equals(name)) {
        return each;
      }
      known.append(known.isEmpty() ? "" : ", ").append(name(each));
    }
    throw new IllegalArgumentException("'" + name + "' is no " + what + ": write one of " + known);
  }

  private static int number(String text, String whole) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' in '" + whole + "' is no number", e);
    }
  }

  private static void require(boolean holds, String why) {
    if (!holds) {
      throw new IllegalArgumentException(why);
    }
  }
}
