package org.medicd.daemon.chronicle;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.medicd.api.RungView;
import org.medicd.fact.ProcessId;
import org.medicd.linux.JournalSocket;
import org.medicd.linux.LinuxException;
import org.medicd.plan.Happening;
import org.medicd.plan.Incident;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;

/**
 * Tells systemd's journal, in fields that can be asked for. What it does not take, as where there
 * is none or it hangs, is a line of the log.
 */
public final class SystemJournal implements Teller {
  private static final System.Logger LOG = System.getLogger("org.medicd.incident");

  private static final int MOST_WAITING = 100;

  private final JournalSocket socket;
  private final boolean logged;

  /** Where the journal hangs, the log may too: nobody is to wait for that. */
  private final Executor beside =
      new ThreadPoolExecutor(
          0,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          SystemJournal::thread,
          new ThreadPoolExecutor.DiscardOldestPolicy());

  /**
   * @param logged what is logged is in the journal anyway: no line is to stand there twice
   */
  public SystemJournal(JournalSocket socket, boolean logged) {
    this.socket = socket;
    this.logged = logged;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "medicd-journal");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void tell(Entry entry) {
    String line = Spoken.line(entry.happening());
    Level level = entry.happening().kind() == Happening.Kind.CLOSED ? Level.INFO : Level.WARNING;
    try {
      socket.send(fields(entry, line));
      if (!logged) {
        LOG.log(level, line);
      }
    } catch (LinuxException e) {
      if (logged && e.isNothingYet()) {
        beside.execute(() -> LOG.log(level, line));
      } else {
        LOG.log(level, line);
      }
    }
  }

  static Map<String, String> fields(Entry entry, String line) {
    Happening happening = entry.happening();
    Incident incident = happening.incident();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("MESSAGE", line);
    fields.put("MESSAGE_ID", MessageId.of(happening.kind()).id());
    fields.put("PRIORITY", Integer.toString(priority(happening)));
    fields.put("SYSLOG_IDENTIFIER", "medicd");
    fields.put("MEDICD_EVENT", Spoken.word(happening));
    fields.put("MEDICD_INCIDENT", incident.id());
    fields.put("MEDICD_DIAGNOSIS", incident.diagnosis());
    fields.put("MEDICD_RULE", incident.rule());
    fields.put("MEDICD_SEVERITY", word(incident.severity()));
    fields.put("MEDICD_STATE", word(incident.state()));
    fields.put("MEDICD_BECAUSE", String.join("\n", incident.because()));
    happening.step().ifPresent(step -> putStep(fields, happening, step));
    putPatient(fields, incident.patient());
    put(fields, "MEDICD_CLOSED_BECAUSE", incident.closedBecause());
    put(fields, "MEDICD_TOLD", entry.told().isEmpty() ? null : entry.told());
    put(fields, "MEDICD_AUDIT_HEAD", entry.auditHead());
    return fields;
  }

  private static void putStep(Map<String, String> fields, Happening happening, Step step) {
    RungView view = RungView.of(step);
    fields.put("MEDICD_STEP", Integer.toString(happening.number()));
    fields.put("MEDICD_ACTION", view.action());
    fields.put("MEDICD_VERDICT", view.verdict().is());
    put(fields, "MEDICD_GUARD", view.verdict().guard());
    if (happening.kind() == Happening.Kind.OUTCOME && view.outcome() != null) {
      fields.put("MEDICD_OUTCOME", view.outcome().is());
      put(fields, "MEDICD_DETAIL", view.outcome().reason());
    } else {
      put(fields, "MEDICD_DETAIL", view.verdict().reason());
    }
  }

  /** The journal adds what it knows of OBJECT_PID only where root says it: see sd-journal(3). */
  private static void putPatient(Map<String, String> fields, Patient patient) {
    fields.put("MEDICD_SUBJECT", patient.subject().toString());
    put(fields, "MEDICD_COMM", patient.comm());
    put(fields, "UNIT", patient.unit());
    if (patient.subject() instanceof ProcessId process) {
      fields.put("OBJECT_PID", Integer.toString(process.pid()));
    }
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  /** Of syslog(3): 2 critical, 4 warning, 5 notice, 6 informational. */
  private static int priority(Happening happening) {
    return switch (happening.kind()) {
      case CLOSED -> 6;
      case VERDICT -> 5;
      case OUTCOME ->
          happening.step().map(Step::outcome).filter(Outcome.Done.class::isInstance).isPresent()
              ? 5
              : 4;
      case OPENED, ASKED, EXHAUSTED, TOLD -> priority(happening.incident().severity());
    };
  }

  private static int priority(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 2;
      case WARNING -> 4;
      case INFO -> 6;
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
