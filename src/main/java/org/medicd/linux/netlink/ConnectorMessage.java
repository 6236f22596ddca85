package org.medicd.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.netlink.ProcessEvent.Executed;
import org.medicd.linux.netlink.ProcessEvent.Exited;
import org.medicd.linux.netlink.ProcessEvent.Forked;
import org.medicd.linux.netlink.ProcessEvent.Renamed;

/**
 * One message of the process events connector: a netlink header, struct cn_msg, struct proc_event
 * (linux/connector.h, linux/cn_proc.h), all in the host's byte order.
 */
final class ConnectorMessage {
  /** NLMSG_HDRLEN, and struct cn_msg. */
  static final int HEADER_BYTES = 16 + 20;

  static final int WHAT_AT = HEADER_BYTES;
  static final int NANOS_AT = HEADER_BYTES + 8;
  static final int DATA_AT = HEADER_BYTES + 16;

  static final int ACKNOWLEDGED = 0;
  static final int FORK = 1;
  static final int EXEC = 2;
  static final int COMM = 0x200;
  static final int EXIT = 0x8000_0000;

  /** CN_IDX_PROC and CN_VAL_PROC. */
  static final int CONNECTOR = 1;

  private static final int ID_AT = 16;
  private static final int ANSWERED_AT = 16 + 12;
  private static final int NLMSG_DONE = 3;
  private static final int SHORTEST = DATA_AT + 8;
  private static final int CORE_DUMPED = 0x80;

  private ConnectorMessage() {}

  /**
   * PROC_CN_MCAST_LISTEN (1) or _IGNORE (2), in the form that kernels of all ages know.
   *
   * @param mark comes back in the answer, which goes to all who listen
   */
  static byte[] request(int operation, int mark) {
    ByteBuffer message =
        ByteBuffer.allocate(HEADER_BYTES + Integer.BYTES).order(ByteOrder.nativeOrder());
    message.putInt(message.capacity()).putShort((short) NLMSG_DONE).putShort((short) 0);
    message.putInt(0).putInt(0); // netlink's sequence and sender: of no use here
    message.putInt(CONNECTOR).putInt(CONNECTOR).putInt(0).putInt(mark);
    message.putShort((short) Integer.BYTES).putShort((short) 0).putInt(operation);
    return message.array();
  }

  /** Whether it is of the process connector, and as long as one must be. */
  static boolean isWhole(ByteBuffer in, int at, int length) {
    return length >= SHORTEST
        && in.getInt(at + ID_AT) == CONNECTOR
        && in.getInt(at + ID_AT + Integer.BYTES) == CONNECTOR;
  }

  /** The error number that answers the request of that mark; null in any other message. */
  static @Nullable Integer answer(ByteBuffer in, int at, int length, int mark) {
    boolean mine =
        isWhole(in, at, length)
            && in.getInt(at + WHAT_AT) == ACKNOWLEDGED
            && in.getInt(at + ANSWERED_AT) == mark + 1;
    return mine ? (Integer) in.getInt(at + DATA_AT) : null;
  }

  /** Whether a thread of that process named itself. */
  static boolean isRenamedThread(ByteBuffer in, int at, int length, int process) {
    return isWhole(in, at, length)
        && in.getInt(at + WHAT_AT) == COMM
        && in.getInt(at + DATA_AT + 4) == process;
  }

  /**
   * The event of a message in a buffer of the host's byte order; null for one of a thread, of
   * another kind, or of another form.
   */
  static @Nullable ProcessEvent parse(ByteBuffer in, int at, int length) {
    if (!isWhole(in, at, length)) {
      return null;
    }
    long nanos = in.getLong(at + NANOS_AT);
    int first = in.getInt(at + DATA_AT);
    int second = in.getInt(at + DATA_AT + 4);
    return switch (in.getInt(at + WHAT_AT)) {
      case FORK -> length < DATA_AT + 16 ? null : forked(in, at + DATA_AT, nanos);
      case EXEC -> new Executed(second, nanos);
      case COMM -> first == second ? new Renamed(second, nanos) : null;
      case EXIT ->
          first == second && length >= DATA_AT + 12
              ? exited(second, in.getInt(at + DATA_AT + 8), nanos)
              : null;
      default -> null;
    };
  }

  private static @Nullable ProcessEvent forked(ByteBuffer in, int data, long nanos) {
    int thread = in.getInt(data + 8);
    int pid = in.getInt(data + 12);
    return thread == pid ? new Forked(pid, in.getInt(data + 4), nanos) : null;
  }

  /** The wait status, as in wait(2). */
  private static ProcessEvent exited(int pid, int status, long nanos) {
    int signal = status & ~CORE_DUMPED & 0xff;
    return new Exited(pid, signal == 0 ? status >> 8 & 0xff : 0, signal, nanos);
  }
}
