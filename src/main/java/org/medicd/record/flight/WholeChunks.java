package org.medicd.record.flight;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A segment without what is only half of a chunk at its end, as a crash or a full disk leaves it.
 */
final class WholeChunks extends InputStream {
  private static final int HEAD = 5;
  private static final int LARGEST = 256 << 20;

  private final DataInputStream file;
  private byte @Nullable [] chunk = new byte[0];
  private int next;

  WholeChunks(InputStream file) {
    this.file = new DataInputStream(file);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (chunk != null && next == chunk.length) {
      chunk = chunk();
      next = 0;
    }
    if (chunk == null) {
      return -1;
    }
    int size = Math.min(length, chunk.length - next);
    System.arraycopy(chunk, next, into, offset, size);
    next += size;
    return size;
  }

  private byte @Nullable [] chunk() throws IOException {
    byte[] head = file.readNBytes(HEAD);
    if (head.length < HEAD) {
      return null;
    }
    int size = java.nio.ByteBuffer.wrap(head, 1, HEAD - 1).getInt();
    if (size < 0 || size > LARGEST) {
      throw new EOFException("a segment of the recording is damaged");
    }
    byte[] all = java.util.Arrays.copyOf(head, HEAD + size);
    return file.readNBytes(all, HEAD, size) < size ? null : all;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
