package org.medicd.collect.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.kmsg.KernelLog;
import org.medicd.linux.kmsg.LogRecord;

/** A kernel log that says what it is told to. */
final class FakeLog implements KernelLog {
  private final Deque<Object> waiting = new ArrayDeque<>();
  private long sequence = 100;

  /** As the kernel itself, at the level of errors. */
  void kernel(long micros, String text) {
    line(3, micros, text);
  }

  void line(int priority, long micros, String text) {
    waiting.add(priority + "," + sequence++ + "," + micros + ",-;" + text + "\n");
  }

  void raw(String line) {
    waiting.add(line);
  }

  void overwrite(int records) {
    sequence += records;
    waiting.add(new OverwrittenRecords());
  }

  void fail(IOException failure) {
    waiting.add(failure);
  }

  int left() {
    return waiting.size();
  }

  @Override
  public @Nullable LogRecord next() throws IOException {
    Object next = waiting.poll();
    if (next instanceof IOException failure) {
      throw failure;
    }
    if (next == null) {
      return null;
    }
    byte[] bytes = ((String) next).getBytes(StandardCharsets.ISO_8859_1);
    return LogRecord.parse(bytes, bytes.length);
  }

  @Override
  public void close() {
    waiting.clear();
  }
}
