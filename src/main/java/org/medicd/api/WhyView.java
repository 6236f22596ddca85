package org.medicd.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Gap;
import org.medicd.plan.NearMiss;

/**
 * What medicd knows and would do about one process.
 *
 * @param pid of the process
 * @param comm the kernel's name of it, as it is: escape before showing
 * @param does what it does now, in sentences
 * @param symptoms that hold about it, its unit or the host
 * @param nearMisses conditions of rules that it does not meet, by rule, the nearest first
 * @param would what would be done if it were diagnosed now
 * @param gaps what could not be seen of it
 */
public record WhyView(
    int pid,
    String comm,
    List<String> does,
    List<Held> symptoms,
    List<NearMiss> nearMisses,
    List<Would> would,
    List<Gap> gaps) {
  /**
   * A symptom that holds.
   *
   * @param name of the symptom
   * @param about its subject, where that is not the process itself; else null
   * @param rule that concluded it
   * @param since when it began
   * @param because the values that it began with
   * @param now the same, as they are now; empty where it is not about the process
   * @param leadsTo diagnoses that stand on it
   */
  public record Held(
      String name,
      @Nullable String about,
      String rule,
      Instant since,
      List<String> because,
      List<String> now,
      List<LeadsTo> leadsTo) {
    public Held {
      because = List.copyOf(because);
      now = List.copyOf(now);
      leadsTo = List.copyOf(leadsTo);
    }
  }

  /**
   * A diagnosis that stands on a symptom.
   *
   * @param afterSeconds how long the symptom must last for it
   */
  public record LeadsTo(String diagnosis, long afterSeconds) {}

  /**
   * A rung and what the guards would say to it.
   *
   * @param verdict in words
   */
  public record Would(String action, String verdict) {}

  public WhyView {
    does = List.copyOf(does);
    symptoms = List.copyOf(symptoms);
    nearMisses = List.copyOf(nearMisses);
    would = List.copyOf(would);
    gaps = List.copyOf(gaps);
  }
}
