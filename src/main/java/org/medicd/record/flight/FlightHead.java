package org.medicd.record.flight;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.medicd.plan.Mode;

/**
 * What a segment of a recording says of itself.
 *
 * @param version of medicd that wrote it
 * @param host its name
 * @param boot id of the boot (/proc/sys/kernel/random/boot_id)
 * @param tick time between two looks
 * @param mode how far medicd might go then
 * @param begun when the segment begins, by the wall clock
 */
public record FlightHead(
    String version, String host, String boot, Duration tick, Mode mode, Instant begun) {

  void write(ByteSink out) {
    out.text(version);
    out.text(host);
    out.text(boot);
    out.count(tick.toMillis());
    out.text(mode.name());
    out.number(begun.getEpochSecond());
    out.count(begun.getNano());
  }

  static FlightHead read(ByteSource in) throws IOException {
    try {
      return new FlightHead(
          in.text(),
          in.text(),
          in.text(),
          Duration.ofMillis(in.count()),
          mode(in.text()),
          Instant.ofEpochSecond(in.number(), in.count()));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IOException("the head of the recording is damaged: " + e.getMessage(), e);
    }
  }

  private static Mode mode(String name) {
    return Arrays.stream(Mode.values())
        .filter(mode -> mode.name().equals(name))
        .findFirst()
        .orElse(Mode.OBSERVE);
  }

  /** The same of a segment that begins later. */
  FlightHead at(Instant later) {
    return new FlightHead(version, host, boot, tick, mode, later);
  }
}
