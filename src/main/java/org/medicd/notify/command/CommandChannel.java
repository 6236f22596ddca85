package org.medicd.notify.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.config.Exec;
import org.medicd.linux.AdminPrograms;
import org.medicd.linux.Programs;
import org.medicd.notify.Channel;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.notify.Proxies;
import org.medicd.notify.Wording;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

/**
 * Tells by a program of the admin's, which is run as the rung exec runs one. It learns of the
 * letter by its environment, where the daemon's proxies stand too, and answers by its exit status:
 * 0, it was delivered; 65 (EX_DATAERR of sysexits.h), it is not wanted; anything else, as 75
 * (EX_TEMPFAIL) or no end in time, try again.
 */
public final class CommandChannel implements Channel {
  private static final int NOT_WANTED = 65;
  private static final int MOST_OUTPUT_BYTES = 16 << 10;

  /** One variable may have 128 KiB (MAX_ARG_STRLEN of execve(2)), and a character up to four. */
  private static final int MOST_TEXT = 16 << 10;

  private static final int MOST_IDS = 500;

  private final Alerts.Command settings;
  private final Supplier<Exec> exec;
  private final AdminPrograms programs;
  private final Proxies proxies;
  private final Supplier<Wording> wording;

  /**
   * @param exec where programs are and how they run, as it holds now
   * @param proxies which it goes through, as the other channels do
   * @param wording as it holds now
   */
  public CommandChannel(
      Alerts.Command settings,
      Supplier<Exec> exec,
      AdminPrograms programs,
      Proxies proxies,
      Supplier<Wording> wording) {
    this.settings = settings;
    this.exec = exec;
    this.programs = programs;
    this.proxies = proxies;
    this.wording = wording;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Severity atLeast() {
    return settings.atLeast();
  }

  @Override
  public @Nullable String deliver(Letter letter) throws DeliveryException {
    Exec how = exec.get();
    try {
      Programs.Result result =
          programs.run(
              how.folder().resolve(settings.program()),
              settings.arguments(),
              how.user(),
              environmentWithProxies(letter),
              how.timeout(),
              MOST_OUTPUT_BYTES);
      judge(result, how);
      return null;
    } catch (DeliveryException e) {
      throw e;
    } catch (IOException e) {
      throw new DeliveryException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("interrupted", e);
    }
  }

  @Override
  public String shown(Letter letter) {
    return environment(letter).entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("\n"));
  }

  private void judge(Programs.Result result, Exec how) throws DeliveryException {
    String last = proxies.withoutLogins(result.lastLine());
    String said = last.isEmpty() ? "" : ": " + last;
    Integer status = result.exitStatus();
    if (status == null) {
      throw new DeliveryException(
          "%s did not end within %d ms, and was ended%s"
              .formatted(settings.program(), how.timeout().toMillis(), said));
    }
    String what = settings.program() + " ended with status " + status + said;
    if (status == NOT_WANTED) {
      throw DeliveryException.forGood(what, null);
    } else if (status != 0) {
      throw new DeliveryException(what);
    }
  }

  /** Only for the program: proxies may have a password. */
  private Map<String, String> environmentWithProxies(Letter letter) {
    Map<String, String> whole = new LinkedHashMap<>(proxies.variables());
    whole.putAll(environment(letter));
    return whole;
  }

  private Map<String, String> environment(Letter letter) {
    Notice first = letter.first();
    Map<String, String> facts = new LinkedHashMap<>();
    if (letter.isOfOne()) {
      Incident incident = first.incident();
      facts.putAll(
          AdminPrograms.facts(
              incident.id(), incident.diagnosis(), incident.rule(), incident.patient()));
      facts.put("MEDICD_STATE", word(incident.state()));
    }
    facts.put("MEDICD_TITLE", wording.get().subject(letter));
    facts.put("MEDICD_TEXT", cut(wording.get().text(letter)));
    facts.put("MEDICD_KEY", letter.key());
    if (letter.thread() != null) {
      facts.put("MEDICD_THREAD", letter.thread());
    }
    facts.put("MEDICD_KIND", letter.digest() ? "digest" : word(letter.kind()));
    facts.put("MEDICD_HOST", first.host());
    facts.put("MEDICD_SEVERITY", word(letter.severity()));
    facts.put("MEDICD_INCIDENTS", ids(letter));
    facts.put("MEDICD_COUNT", Integer.toString(letter.incidents()));
    facts.put("MEDICD_OVER", letter.over() ? "yes" : "no");
    return facts;
  }

  private static String ids(Letter letter) {
    return letter.notices().stream()
        .limit(MOST_IDS)
        .map(each -> each.incident().id())
        .collect(Collectors.joining(" "));
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MOST_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_TEXT)) + "…\n";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
