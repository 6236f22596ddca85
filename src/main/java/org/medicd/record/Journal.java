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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medicd.plan.Incident;

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

  /**
   * What an earlier daemon left.
   *
   * @param sameBoot written since this machine was booted; false also where that cannot be told.
   *     After a reboot its processes are gone
   * @param incidents the last snapshot of each, closed ones too, in order of first mention
   * @param damagedLines whole lines that could not be read; a torn last line is not counted, it was
   *     never acknowledged
   */
  public record Restored(boolean sameBoot, List<Incident> incidents, int damagedLines) {
    public Restored {
      incidents = List.copyOf(incidents);
    }
  }

  private final Path file;
  private final String bootId;
  private RandomAccessFile out;
  private long goodBytes;
  private boolean torn;

  /** Where nothing was written yet. Tests give a file that is full. */
  Journal(Path file, String bootId, RandomAccessFile out) {
    this.file = file;
    this.bootId = bootId;
    this.out = out;
  }

  /**
   * Replaces the journal in the folder by one that holds these incidents, and goes on with it.
   *
   * @throws IOException where it cannot be written; the old one is then untouched
   */
  public static Journal begin(Path folder, String bootId, Collection<Incident> incidents)
      throws IOException {
    Path file = folder.resolve(FILE);
    RandomAccessFile out = write(file, bootId, incidents);
    Journal journal = new Journal(file, bootId, out);
    journal.goodBytes = out.length();
    return journal;
  }

  /**
   * Adds one snapshot: when this returns, a later daemon of this boot will read it.
   *
   * @throws IOException where it could not be written whole; what was written of it will not be
   *     read
   */
  public synchronized void append(Incident incident) throws IOException {
    byte[] line = line(incident);
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
    RandomAccessFile fresh = write(file, bootId, incidents);
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

  private static RandomAccessFile write(Path file, String bootId, Collection<Incident> incidents)
      throws IOException {
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw");
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(line(new Header(FORMAT, bootId)));
      incidents.forEach(incident -> bytes.writeBytes(line(incident)));
      out.write(bytes.toByteArray());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return out;
    } catch (IOException e) {
      out.close();
      Files.deleteIfExists(fresh);
      throw new IOException("the journal " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static byte[] line(Object value) {
    return (Json.write(value) + "\n").getBytes(StandardCharsets.UTF_8);
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
      return new Restored(true, List.of(), 0);
    }
    List<String> lines = wholeLines(text);
    if (lines.isEmpty()) {
      return new Restored(false, List.of(), 0);
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
    for (String line : lines.subList(1, lines.size())) {
      try {
        Incident incident = Json.read(line, Incident.class);
        byId.put(incident.id(), incident);
      } catch (JsonParseException e) {
        damaged++;
      }
    }
    if (damaged > 0) {
      String what = damaged + " lines of " + folder.resolve(FILE) + " cannot be read";
      LOG.log(System.Logger.Level.ERROR, what + ": what medicd did in them is not known to it");
    }
    return new Restored(sameBoot, new ArrayList<>(byId.values()), damaged);
  }

  private static List<String> wholeLines(String text) {
    int end = text.lastIndexOf('\n');
    return end < 0 ? List.of() : List.of(text.substring(0, end).split("\n", -1));
  }
}
