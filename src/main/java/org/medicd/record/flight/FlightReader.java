package org.medicd.record.flight;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Deed;

/** Reads recordings, tick after tick. */
public final class FlightReader implements AutoCloseable {
  private static final int LARGEST_CHUNK = 256 << 20;

  /**
   * One tick.
   *
   * @param head of the segment that it is in
   * @param seen good until the next is read
   * @param deeds what came of actions
   */
  public record Frame(FlightHead head, Snapshot seen, List<Deed> deeds) {}

  private final DataInputStream file;
  private final Inflater inflater = new Inflater(true);
  private byte[] unpacked = new byte[1 << 14];
  private @Nullable FlightHead head;
  private @Nullable SnapshotReader snapshots;
  private @Nullable Snapshot last;
  private boolean any;
  private final ByteSource source = new ByteSource();

  public FlightReader(InputStream file) {
    this.file = new DataInputStream(new BufferedInputStream(file, 1 << 16));
  }

  /**
   * The next tick; null after the last. A recording that breaks off, as a crash leaves it, ends
   * there.
   *
   * @throws IOException where it is none, or is damaged
   */
  public @Nullable Frame next() throws IOException {
    for (int letter = file.read(); letter >= 0; letter = file.read()) {
      byte[] content = content();
      if (content == null) {
        break;
      }
      any |= letter == Segment.BEGIN && Arrays.equals(content, Segment.MAGIC);
      if (!any || letter != Segment.BEGIN && letter != Segment.FRAME) {
        throw new IOException("this is no recording of medicd's");
      }
      if (letter == Segment.BEGIN) {
        inflater.reset();
        snapshots = null;
      } else {
        return frame(content);
      }
    }
    if (!any) {
      throw new IOException("this is no recording of medicd's: it has no beginning");
    }
    return null;
  }

  /** Null where the file ends within it. */
  private byte @Nullable [] content() throws IOException {
    try {
      int size = file.readInt();
      if (size < 0 || size > LARGEST_CHUNK) {
        throw new IOException("this is no recording of medicd's, or it is damaged");
      }
      byte[] content = file.readNBytes(size);
      return content.length < size ? null : content;
    } catch (EOFException e) {
      return null;
    }
  }

  private Frame frame(byte[] content) throws IOException {
    int size = inflate(content);
    source.load(unpacked, size);
    Set<Integer> before = Set.of();
    if (snapshots == null) {
      Schema schema = Schema.parse(source.text());
      head = FlightHead.read(source);
      snapshots = new SnapshotReader(schema, source, head.begun());
      before = last == null ? Set.of() : Set.copyOf(last.processes().keySet());
    }
    last = snapshots.read(before);
    return new Frame(Objects.requireNonNull(head), last, snapshots.deeds());
  }

  private int inflate(byte[] content) throws IOException {
    inflater.setInput(content);
    int size = 0;
    try {
      for (int more = 1; more > 0; size += more) {
        if (size == unpacked.length) {
          unpacked = Arrays.copyOf(unpacked, 2 * unpacked.length);
        }
        more = inflater.inflate(unpacked, size, unpacked.length - size);
      }
    } catch (DataFormatException e) {
      throw new IOException("the recording is damaged: " + e.getMessage(), e);
    }
    return size;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    file.close();
  }
}
