package org.medicd.linux.netlink;

import static org.medicd.linux.netlink.ConnectorMessage.ACKNOWLEDGED;
import static org.medicd.linux.netlink.ConnectorMessage.COMM;
import static org.medicd.linux.netlink.ConnectorMessage.DATA_AT;
import static org.medicd.linux.netlink.ConnectorMessage.EXEC;
import static org.medicd.linux.netlink.ConnectorMessage.EXIT;
import static org.medicd.linux.netlink.ConnectorMessage.FORK;
import static org.medicd.linux.netlink.ConnectorMessage.WHAT_AT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A socket filter (classic BPF) that lets pass what a {@link ProcessEvent} can come of, the answers
 * to requests, and the names of this process's own threads; all else, as threads that begin and
 * end, is dropped in the kernel and costs this process nothing.
 */
final class ConnectorFilter {
  private static final int LOAD_WORD = 0x20;
  private static final int TO_X = 0x07;
  private static final int JUMP = 0x05;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_EQUAL_X = 0x1d;
  private static final int RETURN = 0x06;
  private static final int PASS = 0xffff;
  private static final int DROP = 0;
  private static final int INSTRUCTIONS = 18;
  private static final int INSTRUCTION_BYTES = 8;

  private final ByteBuffer program =
      ByteBuffer.allocate(INSTRUCTIONS * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());

  private ConnectorFilter() {}

  /** The instructions, as struct sock_filter has them; jumps count from the next one. */
  static byte[] program(int ownPid) {
    return new ConnectorFilter()
        .add(LOAD_WORD, 0, WHAT_AT)
        .add(JUMP_IF_EQUAL, 15, networkOrder(ACKNOWLEDGED)) // pass
        .add(JUMP_IF_EQUAL, 14, networkOrder(EXEC)) // pass
        .add(JUMP_IF_EQUAL, 3, networkOrder(FORK))
        .add(JUMP_IF_EQUAL, 6, networkOrder(EXIT))
        .add(JUMP_IF_EQUAL, 5, networkOrder(COMM))
        .add(RETURN, 0, DROP)
        .add(LOAD_WORD, 0, DATA_AT + 12) // fork: of the child, process …
        .add(TO_X, 0, 0)
        .add(LOAD_WORD, 0, DATA_AT + 8) // … and thread
        .add(JUMP, 0, 4) // compare
        .add(LOAD_WORD, 0, DATA_AT + 4) // exit, comm: process …
        .add(JUMP_IF_EQUAL, 4, networkOrder(ownPid)) // pass
        .add(TO_X, 0, 0)
        .add(LOAD_WORD, 0, DATA_AT) // … and thread
        .add(JUMP_IF_EQUAL_X, 1, 0) // compare; pass
        .add(RETURN, 0, DROP)
        .add(RETURN, 0, PASS)
        .program
        .array();
  }

  private ConnectorFilter add(int code, int jumpIfTrue, int constant) {
    program.putShort((short) code).put((byte) jumpIfTrue).put((byte) 0).putInt(constant);
    return this;
  }

  /** The kernel loads words as the network has them; the messages are in the host's order. */
  private static int networkOrder(int value) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
  }
}
