package org.medicd.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A netlink socket that belongs to a multicast group (netlink(7)). To be closed by its reader. */
public final class NetlinkSocket implements AutoCloseable {
  private static final int ADDRESS_BYTES = 12;
  private static final int FPROG_BYTES = 16;
  private static final int INSTRUCTION_BYTES = 8;
  private static final int POLLFD_BYTES = 8;
  private static final short POLLIN = 1;

  private final int number;
  private boolean closed;

  private NetlinkSocket(int number) {
    this.number = number;
  }

  /**
   * @param groups a bit for each group to belong to
   * @throws LinuxException EPERM where only root may listen, EPROTONOSUPPORT, ECONNREFUSED and so
   *     on where the kernel lacks the protocol
   */
  public static NetlinkSocket open(int protocol, int groups) throws LinuxException {
    int number = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_DGRAM_CLOEXEC, protocol);
    if (number < 0) {
      throw Libc.failure("socket of netlink " + protocol);
    }
    byte[] address = address(groups);
    if (Libc.bind(number, address, address.length) < 0) {
      LinuxException failure = Libc.failure("bind to netlink " + protocol);
      Libc.close(number);
      throw failure;
    }
    return new NetlinkSocket(number);
  }

  private static byte[] address(int groups) {
    return ByteBuffer.allocate(ADDRESS_BYTES)
        .order(ByteOrder.nativeOrder())
        .putShort((short) Libc.AF_NETLINK)
        .putShort((short) 0)
        .putInt(0)
        .putInt(groups)
        .array();
  }

  /** Asks for so large a buffer; without CAP_NET_ADMIN at most net.core.rmem_max is had. */
  public void buffer(int bytes) {
    byte[] value = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(bytes).array();
    if (Libc.setsockopt(number, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, value, 4) < 0) {
      Libc.setsockopt(number, Libc.SOL_SOCKET, Libc.SO_RCVBUF, value, 4);
    }
  }

  /** Has the kernel drop what a classic BPF program does not let pass. */
  public void filter(byte[] program) throws LinuxException {
    try (Memory instructions = new Memory(program.length)) {
      instructions.write(0, program, 0, program.length);
      byte[] fprog =
          ByteBuffer.allocate(FPROG_BYTES)
              .order(ByteOrder.nativeOrder())
              .putShort((short) (program.length / INSTRUCTION_BYTES))
              .putLong(8, Pointer.nativeValue(instructions))
              .array();
      if (Libc.setsockopt(number, Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, fprog, fprog.length)
          < 0) {
        throw Libc.failure("SO_ATTACH_FILTER");
      }
    }
  }

  /** Sends to the kernel. */
  public void send(byte[] message) throws LinuxException {
    byte[] kernel = address(0);
    if (Libc.sendto(number, message, message.length, 0, kernel, kernel.length) < 0) {
      throw Libc.failure("sendto netlink");
    }
  }

  /** Waits until there is a message or an error to be had; false where there is none in time. */
  public boolean await(int millis) throws LinuxException {
    ByteBuffer poll = ByteBuffer.allocate(POLLFD_BYTES).order(ByteOrder.nativeOrder());
    poll.putInt(number).putShort(POLLIN);
    int ready = Libc.poll(poll.array(), 1, millis);
    if (ready < 0) {
      LinuxException failure = Libc.failure("poll of netlink");
      if (!failure.isInterrupted()) {
        throw failure;
      }
    }
    return ready > 0;
  }

  /**
   * Takes the messages that are there, as many as fit; 0 where there are none.
   *
   * @throws LinuxException {@link LinuxException#isOverrun()} where some were lost; the next call
   *     goes on
   */
  public int receive(MessageBatch batch) throws LinuxException {
    int count = batch.receive(number);
    if (count >= 0) {
      return count;
    }
    LinuxException failure = Libc.failure("recvmmsg of netlink");
    if (failure.isNothingYet() || failure.isInterrupted()) {
      return 0;
    }
    throw failure;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Libc.close(number);
    }
  }
}
