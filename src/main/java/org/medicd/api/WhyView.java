package org.medicd.api;

import java.util.List;
import org.medicd.fact.Gap;
import org.medicd.plan.NearMiss;

/**
 * What medicd knows and would do about one process.
 *
 * @param pid of the process
 * @param comm the kernel's name of it, as it is: escape before showing
 * @param does what it does now, in sentences
 * @param symptoms names of the symptoms that hold
 * @param nearMisses conditions that it is close to
 * @param would what would be done if it were diagnosed now
 * @param gaps what could not be seen of it
 */
public record WhyView(
    int pid,
    String comm,
    List<String> does,
    List<String> symptoms,
    List<NearMiss> nearMisses,
    List<Would> would,
    List<Gap> gaps) {
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
