package org.medicd.daemon;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Orders;
import org.medicd.plan.Pause;
import org.medicd.plan.Silence;
import org.medicd.record.Json;

/**
 * What people told medicd: kept in the runtime folder, and in the state folder so that it outlives
 * the host's restart. A silence ends by the clock, or once it has lasted as long as it was meant
 * to, whatever is done to the clock.
 */
final class StandingOrders {
  static final String FILE = "orders.json";
  private static final System.Logger LOG = System.getLogger(StandingOrders.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path state;
  private final Path runtime;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "medicd-orders");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Long> endNanos = new HashMap<>();
  private Orders orders = Orders.NONE;
  private long count;

  /**
   * Reads what an earlier daemon was told. A file that cannot be read is taken for a pause: who
   * paused medicd must not find it acting.
   */
  StandingOrders(Folders folders, InstantSource clock, LongSupplier nanos) {
    this.state = folders.state().resolve(FILE);
    this.runtime = folders.runtime().resolve(FILE);
    this.clock = clock;
    this.nanos = nanos;
    Orders kept = read(runtime);
    orders = kept != null ? kept : Optional.ofNullable(read(state)).orElse(Orders.NONE);
    orders.silences().forEach(this::remember);
    remind();
  }

  private @Nullable Orders read(Path file) {
    try {
      return Json.read(Files.readString(file), Orders.class);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException | JsonParseException e) {
      String why = file + " cannot be read: " + e.getMessage();
      LOG.log(Level.ERROR, why + "; medicd is paused until medic resume");
      return new Orders(new Pause("medicd", why, clock.instant()), List.of());
    }
  }

  private void remember(Silence silence) {
    Duration whole = Duration.between(silence.since(), silence.until());
    Duration left = Duration.between(clock.instant(), silence.until());
    Duration shorter = left.compareTo(whole) < 0 ? left : whole;
    endNanos.put(silence.id(), nanos.getAsLong() + shorter.toNanos());
  }

  /** Those that hold now. */
  synchronized Orders current() {
    if (orders.silences().stream().anyMatch(this::isOver)) {
      List<Silence> left = orders.silences().stream().filter(each -> !isOver(each)).toList();
      LOG.log(Level.INFO, "a silence has ended");
      orders = new Orders(orders.pause(), left);
    }
    return orders;
  }

  private boolean isOver(Silence silence) {
    Long end = endNanos.get(silence.id());
    return !clock.instant().isBefore(silence.until())
        || (end != null && nanos.getAsLong() - end >= 0);
  }

  /** Says again that medicd is paused, if it is. */
  synchronized void remind() {
    Pause pause = orders.pause();
    if (pause != null) {
      LOG.log(Level.WARNING, "medicd acts on nothing: " + pause.words() + " (medic resume)");
    }
  }

  /** Returns for how long that will be known. */
  String pause(String who, @Nullable String reason) {
    Pause pause = new Pause(who, reason, clock.instant());
    change(before -> new Orders(pause, before.silences()));
    return keep();
  }

  String resume() {
    change(before -> new Orders(null, before.silences()));
    return keep();
  }

  /** Begins a silence; whether it outlives a restart is only logged. */
  Silence silence(List<String> match, Duration length, String who, @Nullable String reason) {
    Instant now = clock.instant();
    Silence silence;
    synchronized (this) {
      String id = "s" + Long.toString(now.getEpochSecond(), 36) + Long.toString(++count, 36);
      silence = new Silence(id, match, who, reason, now, now.plus(length));
      remember(silence);
    }
    change(
        before -> {
          List<Silence> all = new ArrayList<>(before.silences());
          all.add(silence);
          return new Orders(before.pause(), all);
        });
    keep();
    return silence;
  }

  /** False: there is none of this id. */
  boolean unsilence(String id) {
    boolean known = current().silences().stream().anyMatch(each -> each.id().equals(id));
    change(
        before ->
            new Orders(
                before.pause(),
                before.silences().stream().filter(each -> !each.id().equals(id)).toList()));
    keep();
    return known;
  }

  private synchronized void change(UnaryOperator<Orders> how) {
    orders = how.apply(current());
  }

  /** Writes them down beside whoever asks: the disk may hang, and is waited for a while only. */
  private String keep() {
    FutureTask<String> writing = new FutureTask<>(this::write);
    writer.execute(writing);
    try {
      return writing.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "until it is resumed, or medicd is stopped: the disk of " + state + " does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "as far as is known";
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** First in the runtime folder, which answers at once and counts before the other. */
  private String write() {
    Orders now = current();
    try {
      write(runtime, now);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "orders cannot be kept in " + runtime + ": " + e.getMessage());
      runtime.toFile().delete(); // an old one would count
    }
    try {
      write(state, now);
      return "until it is resumed";
    } catch (IOException e) {
      LOG.log(Level.ERROR, "orders cannot be kept in " + state + ": " + e.getMessage());
      return "until it is resumed, or medicd is stopped: " + state + " cannot be written";
    }
  }

  private static void write(Path file, Orders orders) throws IOException {
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, Json.write(orders).getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
