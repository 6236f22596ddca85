package org.medicd.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How full a file system is, as statvfs(3) tells; df shows the same.
 *
 * @param sizeBytes of the whole; 0 for one that holds nothing, as proc
 * @param usedBytes taken by files
 * @param availableBytes left for users: without what is reserved for root
 * @param inodes of the whole; 0 where the file system does not count them, as btrfs
 * @param freeInodes of these, not in use
 */
public record FilesystemSpace(
    long sizeBytes, long usedBytes, long availableBytes, long inodes, long freeInodes) {
  /** struct statvfs of glibc and musl has 112 bytes on 64-bit hosts. */
  private static final int STRUCT_BYTES = 128;

  private static final int FRAGMENT = 8;
  private static final int BLOCKS = 16;
  private static final int FREE_BLOCKS = 24;
  private static final int AVAILABLE_BLOCKS = 32;
  private static final int FILES = 40;
  private static final int FREE_FILES = 48;

  /**
   * Asks the file system. A server that does not answer holds the caller for ever, whatever is done
   * to it.
   */
  public static FilesystemSpace of(String path) throws LinuxException {
    ByteBuffer answer = ByteBuffer.allocateDirect(STRUCT_BYTES).order(ByteOrder.nativeOrder());
    if (Libc.statvfs(Libc.string(path), answer) < 0) {
      throw Libc.failure("statvfs " + path);
    }
    long fragment = answer.getLong(FRAGMENT);
    long blocks = answer.getLong(BLOCKS);
    return new FilesystemSpace(
        blocks * fragment,
        Math.max(0, blocks - answer.getLong(FREE_BLOCKS)) * fragment,
        Math.max(0, answer.getLong(AVAILABLE_BLOCKS)) * fragment,
        answer.getLong(FILES),
        answer.getLong(FREE_FILES));
  }
}
