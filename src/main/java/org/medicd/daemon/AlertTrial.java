package org.medicd.daemon;

import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Nearest;
import org.medicd.config.Parsed;
import org.medicd.config.Problem;
import org.medicd.linux.AdminPrograms;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;
import org.medicd.notify.Channel;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.notify.Samples;

/** Sends a letter that says that it is a test, as the daemon would; none needs to run. */
public final class AlertTrial {
  /** How it ended. */
  public enum End {
    /** The receiver took it, or it was only to be shown. */
    WELL,
    /** The receiver did not take it. */
    BADLY,
    /** The configuration is not as it should be, or there is no such channel. */
    UNUSABLE,
    /** This user may not read what is needed for it. */
    NOT_PERMITTED
  }

  /**
   * What came of it.
   *
   * @param text for people
   */
  public record Result(End end, String text) {}

  private AlertTrial() {}

  /**
   * Tries a channel, by its name.
   *
   * @param config null: the default one
   * @param show send nothing, only tell what would be sent
   */
  public static Result run(@Nullable Path config, String name, boolean show) {
    Parsed parsed = Preparation.readTrusted(config);
    if (!parsed.isGood()) {
      List<String> lines = parsed.problems().stream().map(Problem::toString).toList();
      return new Result(End.UNUSABLE, String.join("\n", lines));
    }
    InstantSource clock = InstantSource.system();
    String host = Responder.hostName();
    Programs programs = new Programs(TrustedPrograms.ofThisHost());
    List<Channel> channels =
        new Channels(
                new AdminPrograms(programs),
                () -> parsed.settings().actions().exec(),
                new FrontDesk(() -> null, host), // nobody can press what is not begun
                clock)
            .of(parsed.settings().alerts());
    Letter letter = Samples.test(host, clock.instant());
    return channels.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(each -> show ? new Result(End.WELL, each.shown(letter)) : deliver(each, letter))
        .orElseGet(() -> unknown(name, channels));
  }

  private static Result deliver(Channel channel, Letter letter) {
    try {
      String called = channel.deliver(letter);
      String as = called == null ? "" : ", as " + called;
      return new Result(End.WELL, channel.name() + ": the test was taken" + as);
    } catch (DeliveryException e) {
      return new Result(
          isNotPermitted(e) ? End.NOT_PERMITTED : End.BADLY, channel.name() + ": " + words(e));
    }
  }

  private static boolean isNotPermitted(Throwable e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof AccessDeniedException) {
        return true;
      }
    }
    return false;
  }

  /** With what is behind it, each on a line. */
  private static String words(Throwable e) {
    List<String> lines = new ArrayList<>();
    for (Throwable each = e; each != null; each = each.getCause()) {
      String line = each.getMessage() != null ? each.getMessage() : each.getClass().getSimpleName();
      if (lines.stream().noneMatch(known -> known.contains(line))) {
        lines.add(line);
      }
    }
    return String.join("\n  because: ", lines);
  }

  private static Result unknown(String name, List<Channel> channels) {
    List<String> names = channels.stream().map(Channel::name).toList();
    String meant = Nearest.to(name, names);
    String text =
        names.isEmpty()
            ? "no channel is configured: see alerts in medicd.yaml"
            : "there is no channel '%s' here, but %s%s"
                .formatted(
                    name,
                    String.join(", ", names),
                    meant == null ? "" : "; did you mean '" + meant + "'?");
    return new Result(End.UNUSABLE, text);
  }
}
