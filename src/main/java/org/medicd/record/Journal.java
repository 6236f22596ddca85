package org.medicd.record;

import com.google.gson.JsonParseException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.medicd.plan.Mention;

/**
 * What is in hand, in the runtime folder (tmpfs: the disk may be what hangs): one line of JSON for
 * each change of an incident, the last one of an id counts. A daemon that starts reads it with
 * {@link #restore}, settles what it finds, and writes what goes on with {@link #begin}; until then
 * the old journal stays as it is.
 */
public final class Journal implements Closeable {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());
  public static final String FILE = "journal.jsonl";
  private static final int FORMAT = 1;

  private record Header(int journalFormat, String boot) {}

  /** What a line has beside the incident. */
  private record Stamp(@Nullable Long treatedMillis, @Nullable List<Mention> told) {}

  /**
   * What is known beside an incident.
   *
   * @param treated when it was first treated, since boot: the wall clock may be set; null: never
   * @param told what people are told of it so far
   */
  public record Beside(@Nullable Duration treated, List<Mention> told) {
    private static final Beside NOTHING = new Beside(null, List.of());

    public Beside {
      told = List.copyOf(told);
    }
  }

  /**
   * What an earlier daemon left.
   *
   * @param sameBoot written since this machine was booted; false also where that cannot be told.
   *     After a reboot its processes are gone
   * @param incidents the last snapshot of each, closed ones too, in order of first mention
   * @param beside what is known beside them, by id
   * @param damagedLines whole lines that could not be read; a torn last line is not counted, it was
   *     never acknowledged
   */
  public record Restored(
      boolean sameBoot, List<Incident> incidents, Map<String, Beside> beside, int damagedLines) {
    public Restored {
      incidents = List.copyOf(incidents);
      beside = Map.copyOf(beside);
    }
  }

  private final Path file;
  private final String bootId;
  private final Supplier<Duration> sinceBoot;
  private final Map<String, Beside> beside;
  private RandomAccessFile out;
  private long goodBytes;
  private boolean torn;

  /** Where nothing was written yet. Tests give a file that is full. */
  Journal(
      Path file,
      String bootId,
      Supplier<Duration> sinceBoot,
      Map<String, Beside> beside,
      RandomAccessFile out) {
    this.file = file;
    this.bootId = bootId;
    this.sinceBoot = sinceBoot;
    this.beside = new HashMap<>(beside);
    this.out = out;
  }

  /**
   * Replaces the journal in the folder by one that holds these incidents, and goes on with it.
   *
   * @param beside what an earlier journal knew beside them
   * @param sinceBoot now, by a clock that nobody sets
   * @throws IOException where it cannot be written; the old one is then untouched
   */
  public static Journal begin(
      Path folder,
      String bootId,
      Collection<Incident> incidents,
      Map<String, Beside> beside,
      Supplier<Duration> sinceBoot)
      throws IOException {
    Path file = folder.resolve(FILE);
    RandomAccessFile out = write(file, bootId, incidents, beside);
    Journal journal = new Journal(file, bootId, sinceBoot, beside, out);
    journal.goodBytes = out.length();
    return journal;
  }

  /**
   * Adds one snapshot: when this returns, a later daemon of this boot will read it.
   *
   * @param told what people are told of it now
   * @throws IOException where it could not be written whole; what was written of it will not be
   *     read
   */
  public synchronized void append(Incident incident, List<Mention> told) throws IOException {
    Beside before = beside.getOrDefault(incident.id(), Beside.NOTHING);
    boolean first = before.treated() == null && incident.treated().isPresent();
    beside.put(
        incident.id(),
        new Beside(
            first ? sinceBoot.get() : before.treated(),
            Stream.concat(before.told().stream(), told.stream()).toList()));
    byte[] line = line(incident, beside);
    try {
      forgetTornLine();
      out.write(line);
    } catch (IOException e) {
      torn = true;
      throw new IOException(
          "the journal " + file + " cannot be written, so nothing may be done: " + e.getMessage(),
          e);
    }
    goodBytes += line.length;
  }

  /** Else the next line would continue the torn one, and both would be lost. */
  private void forgetTornLine() throws IOException {
    if (torn) {
      out.setLength(goodBytes);
      out.seek(goodBytes);
      torn = false;
    }
  }

  /**
   * Compacts: only these incidents remain. Atomic: a daemon that dies in it leaves the old or the
   * new one.
   */
  public synchronized void rewrite(Collection<Incident> incidents) throws IOException {
    beside.keySet().retainAll(incidents.stream().map(Incident::id).toList());
    RandomAccessFile fresh = write(file, bootId, incidents, beside);
    out.close();
    out = fresh;
    torn = false;
    goodBytes = fresh.length();
  }

  /** Grows with each append; rewrite when it has become much. */
  public synchronized long sizeBytes() {
    return goodBytes;
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  private static RandomAccessFile write(
      Path file, String bootId, Collection<Incident> incidents, Map<String, Beside> beside)
      throws IOException {
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw");
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(line(Json.write(new Header(FORMAT, bootId))));
      incidents.forEach(incident -> bytes.writeBytes(line(incident, beside)));
      out.write(bytes.toByteArray());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return out;
    } catch (IOException e) {
      out.close();
      Files.deleteIfExists(fresh);
      throw new IOException("the journal " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** An older medicd passes over what it does not know of an incident. */
  private static byte[] line(Incident incident, Map<String, Beside> beside) {
    String json = Json.write(incident);
    Beside known = beside.getOrDefault(incident.id(), Beside.NOTHING);
    if (known.equals(Beside.NOTHING)) {
      return line(json);
    }
    Duration at = known.treated();
    String stamp = Json.write(new Stamp(at == null ? null : at.toMillis(), known.told()));
    return line(json.substring(0, json.length() - 1) + "," + stamp.substring(1));
  }

  private static byte[] line(String json) {
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what an earlier daemon left, without changing it; without a journal, nothing.
   *
   * @param bootId of this boot
   */
  public static Restored restore(Path folder, String bootId) throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(folder.resolve(FILE)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return new Restored(true, List.of(), Map.of(), 0);
    }
    List<String> lines = wholeLines(text);
    if (lines.isEmpty()) {
      return new Restored(false, List.of(), Map.of(), 0);
    }
    int damaged = 0;
    boolean sameBoot = false;
    try {
      Header header = Json.read(lines.get(0), Header.class);
      sameBoot = header.journalFormat() == FORMAT && header.boot().equals(bootId);
    } catch (JsonParseException e) {
      damaged++;
    }
    Map<String, Incident> byId = new LinkedHashMap<>();
    Map<String, Beside> beside = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      try {
        Incident incident = Json.read(line, Incident.class);
        byId.put(incident.id(), incident);
        Stamp stamp = Json.read(line, Stamp.class);
        Duration treated =
            stamp.treatedMillis() == null ? null : Duration.ofMillis(stamp.treatedMillis());
        List<Mention> told = stamp.told();
        beside.put(incident.id(), new Beside(treated, told == null ? List.of() : told));
      } catch (JsonParseException e) {
        damaged++;
      }
    }
    if (damaged > 0) {
      String what = damaged + " lines of " + folder.resolve(FILE) + " cannot be read";
      LOG.log(System.Logger.Level.ERROR, what + ": what medicd did in them is not known to it");
    }
    return new Restored(sameBoot, new ArrayList<>(byId.values()), beside, damaged);
  }

  private static List<String> wholeLines(String text) {
    int end = text.lastIndexOf('\n');
    return end < 0 ? List.of() : List.of(text.substring(0, end).split("\n", -1));
  }
}
