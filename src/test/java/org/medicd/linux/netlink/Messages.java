package org.medicd.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Messages as the kernel sends them. */
final class Messages {
  static final int FORK = 1;
  static final int EXEC = 2;
  static final int UID = 4;
  static final int COMM = 0x200;
  static final int EXIT = 0x8000_0000;

  private Messages() {}

  /** The whole of a proc_event's data is 24 bytes long in every kind. */
  static ByteBuffer of(int what, long nanos, int... data) {
    ByteBuffer message = ByteBuffer.allocate(76).order(ByteOrder.nativeOrder());
    message.putInt(76).putShort((short) 3).putShort((short) 0).putInt(0).putInt(0);
    message.putInt(1).putInt(1).putInt(7).putInt(43).putShort((short) 40).putShort((short) 0);
    message.putInt(what).putInt(1).putLong(nanos);
    for (int word : data) {
      message.putInt(word);
    }
    return message;
  }
}
