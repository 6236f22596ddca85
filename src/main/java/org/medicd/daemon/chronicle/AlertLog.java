package org.medicd.daemon.chronicle;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.medicd.fact.ProcessId;
import org.medicd.fact.UnitId;
import org.medicd.notify.Escaped;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.plan.Incident;
import org.medicd.plan.Patient;
import org.medicd.plan.Severity;

/**
 * A file with a line for all that happens, whoever else is told. A thread of its own writes it, so
 * that a disk that hangs delays nothing: then the oldest lines wait, and the newest are only
 * counted. It is opened anew each time: who moves it away, as logrotate does, need tell nobody.
 */
public final class AlertLog implements Teller, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AlertLog.class.getName());
  private static final int MOST_WAITING = 1_000;
  private static final long MOST_BYTES = 8L << 20;
  private static final int LONGEST = 1_000;
  private static final int LONGEST_REASON = 500;
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-r-----");
  private static final String END = "";

  private final Path file;
  private final long mostBytes;
  private final InstantSource clock;
  private final DateTimeFormatter time;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread thread = new Thread(this::run, "medicd-alerts-log");
  private boolean failing; // of that thread

  private AlertLog(Path file, long mostBytes, InstantSource clock, ZoneId zone) {
    this.file = file;
    this.mostBytes = mostBytes;
    this.clock = clock;
    this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(zone);
    thread.setDaemon(true);
  }

  /**
   * Begins to write.
   *
   * @param file made where it is not there; moved to the same name with ".1" when it is large
   * @param clock for what has no time of its own
   * @param zone that times are written in
   */
  public static AlertLog begin(Path file, InstantSource clock, ZoneId zone) {
    return begin(file, MOST_BYTES, clock, zone);
  }

  static AlertLog begin(Path file, long mostBytes, InstantSource clock, ZoneId zone) {
    AlertLog log = new AlertLog(file, mostBytes, clock, zone);
    log.thread.start();
    return log;
  }

  @Override
  public void tell(Entry entry) {
    add(line(entry));
  }

  /** What people were to be told, and never will be. */
  public void givenUp(String channel, Letter letter, String why) {
    String what = "undelivered " + channel + ": " + LetterText.subject(letter) + ": " + why;
    add(line(clock.instant(), letter.severity(), what));
  }

  /** As: 2026-12-01T02:03:04+00:00 WARNING cpu-runaway opened burner[12] burner.service: … */
  private String line(Entry entry) {
    Incident incident = entry.happening().incident();
    String what =
        "%s %s %s: %s (%s%s)"
            .formatted(
                Spoken.name(incident.diagnosis()),
                Spoken.word(entry.happening()),
                who(incident.patient()),
                Escaped.line(Spoken.what(entry.happening()), LONGEST_REASON),
                incident.id(),
                entry.told().isEmpty() ? "" : "; " + entry.told());
    return line(entry.at(), incident.severity(), what);
  }

  private String line(Instant at, Severity severity, String what) {
    return time.format(at) + " " + severity + " " + Escaped.line(what, LONGEST);
  }

  private static String who(Patient patient) {
    String unit = patient.unit();
    if (patient.subject() instanceof UnitId named) {
      return Spoken.name(named.name());
    }
    String subject =
        patient.subject() instanceof ProcessId process && patient.comm() != null
            ? Spoken.name(patient.comm()) + "[" + process.pid() + "]"
            : Escaped.line(patient.subject().toString(), LONGEST);
    return unit == null ? subject : subject + " " + Spoken.name(unit);
  }

  private void add(String line) {
    if (!waiting.offer(line)) {
      leftOut.incrementAndGet();
    }
  }

  private void run() {
    try {
      boolean ends = false;
      while (!ends) {
        List<String> lines = new ArrayList<>(List.of(waiting.take()));
        waiting.drainTo(lines);
        ends = lines.remove(END);
        write(lines);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // given up by close
    }
  }

  private void write(List<String> lines) {
    long missing = leftOut.getAndSet(0);
    if (missing > 0) {
      String what = "lines-left-out " + missing + ": they could not be written in time";
      lines.add(line(clock.instant(), Severity.WARNING, what));
    }
    if (lines.isEmpty()) {
      return;
    }
    try {
      append((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      failing = false;
    } catch (IOException e) {
      leftOut.addAndGet(missing > 0 ? missing + lines.size() - 1 : lines.size());
      if (!failing) {
        LOG.log(Level.WARNING, "{0} cannot be written: {1}", file, e.toString());
      }
      failing = true;
    }
  }

  private void append(byte[] lines) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) + lines.length > mostBytes) {
      Path older = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
    }
    try (SeekableByteChannel out =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(MODE))) {
      ByteBuffer rest = ByteBuffer.wrap(lines);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
    }
  }

  /** Gives what waits a moment. The thread is a daemon: if it hangs it is left behind. */
  @Override
  public void close() {
    try {
      if (waiting.offer(END, LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.join(LAST_PATIENCE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.log(Level.WARNING, "{0} cannot be written: {1} lines are lost", file, waiting.size());
    }
  }
}
