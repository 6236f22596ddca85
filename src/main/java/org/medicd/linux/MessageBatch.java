package org.medicd.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Room for a number of netlink messages that one call receives: the structures of recvmmsg(2) in
 * memory of their own, used again and again. For one thread.
 */
public final class MessageBatch {
  private static final int MMSGHDR_BYTES = 64;
  private static final int IOVEC_BYTES = 16;
  private static final int SENDER_BYTES = 12;
  private static final int SENDER_PORT_AT = 4;
  private static final int NAME_LENGTH_AT = 8;
  private static final int IOVEC_AT = 16;
  private static final int IOVEC_COUNT_AT = 24;
  private static final int LENGTH_AT = 56;

  private final int most;
  private final int messageBytes;
  private final ByteBuffer headers;
  private final ByteBuffer vectors;
  private final ByteBuffer senders;
  private final ByteBuffer content;

  /**
   * @param most messages at once
   * @param messageBytes of each; what is longer is cut off
   */
  public MessageBatch(int most, int messageBytes) {
    this.most = most;
    this.messageBytes = messageBytes;
    headers = direct(most * MMSGHDR_BYTES);
    vectors = direct(most * IOVEC_BYTES);
    senders = direct(most * SENDER_BYTES);
    content = direct(most * messageBytes);
    for (int i = 0; i < most; i++) {
      vectors.putLong(i * IOVEC_BYTES, address(content) + (long) i * messageBytes);
      vectors.putLong(i * IOVEC_BYTES + Long.BYTES, messageBytes);
      int header = i * MMSGHDR_BYTES;
      headers.putLong(header, address(senders) + (long) i * SENDER_BYTES);
      headers.putLong(header + IOVEC_AT, address(vectors) + (long) i * IOVEC_BYTES);
      headers.putLong(header + IOVEC_COUNT_AT, 1);
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static long address(ByteBuffer buffer) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
  }

  /** How many it holds at most. */
  public int capacity() {
    return most;
  }

  /** All messages, in the host's byte order; message i starts at {@link #start}. */
  public ByteBuffer content() {
    return content;
  }

  public int start(int message) {
    return message * messageBytes;
  }

  public int length(int message) {
    return Math.min(messageBytes, headers.getInt(message * MMSGHDR_BYTES + LENGTH_AT));
  }

  /** Only the kernel has port 0. */
  public boolean isFromKernel(int message) {
    return senders.getInt(message * SENDER_BYTES + SENDER_PORT_AT) == 0;
  }

  /** Waits for nothing; the count, or less than 0 where the call failed. */
  int receive(int socket) {
    for (int i = 0; i < most; i++) {
      headers.putInt(i * MMSGHDR_BYTES + NAME_LENGTH_AT, SENDER_BYTES);
    }
    return Libc.recvmmsg(socket, headers, most, Libc.MSG_DONTWAIT, null);
  }
}
