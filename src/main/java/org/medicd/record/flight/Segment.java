package org.medicd.record.flight;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Deed;

/**
 * A piece of a recording that can be read by itself. It is a row of chunks, each a letter and its
 * length: S begins a segment, F holds a tick, deflated and flushed, so that what a crash leaves can
 * be read up to its last whole chunk, and pieces can be put one behind the other.
 */
final class Segment implements AutoCloseable {
  static final int BEGIN = 'S';
  static final int FRAME = 'F';
  static final byte[] MAGIC = "medicd flight 2".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream file;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final ByteSink sink = new ByteSink();
  private final SnapshotWriter snapshots;
  private byte[] packed = new byte[1 << 12];
  private long bytes;

  Segment(OutputStream file, FlightHead head) throws IOException {
    this.file = file;
    this.snapshots = new SnapshotWriter(sink, head.begun());
    chunk(BEGIN, MAGIC, MAGIC.length);
    sink.text(Schema.ofThisVersion().text());
    head.write(sink);
  }

  void write(Snapshot seen, List<Deed> deeds) throws IOException {
    snapshots.write(seen, deeds);
    deflater.setInput(sink.array(), 0, sink.size());
    int size = 0;
    for (int more = 1; more > 0; size += more) {
      if (packed.length - size < 512) {
        packed = java.util.Arrays.copyOf(packed, 2 * packed.length);
      }
      more = deflater.deflate(packed, size, packed.length - size, Deflater.SYNC_FLUSH);
    }
    sink.clear();
    chunk(FRAME, packed, size);
  }

  private void chunk(int letter, byte[] content, int size) throws IOException {
    byte[] head = {
      (byte) letter, (byte) (size >>> 24), (byte) (size >>> 16), (byte) (size >>> 8), (byte) size
    };
    file.write(head);
    file.write(content, 0, size);
    file.flush();
    bytes += head.length + size;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    file.close();
  }
}
