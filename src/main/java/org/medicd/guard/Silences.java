package org.medicd.guard;

import java.util.Optional;
import org.medicd.config.IncidentMatch;
import org.medicd.plan.Orders;
import org.medicd.plan.Patient;
import org.medicd.plan.Silence;

/** Which silence an incident falls under. */
public final class Silences {
  private Silences() {}

  public static Optional<Silence> about(
      Orders orders, String diagnosis, String rule, Patient patient) {
    return orders.silences().stream()
        .filter(each -> IncidentMatch.parse(each.match()).matches(diagnosis, rule, patient))
        .findFirst();
  }
}
