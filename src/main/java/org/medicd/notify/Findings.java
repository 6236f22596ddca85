package org.medicd.notify;

import java.util.List;
import org.medicd.plan.Incident;

/** What was captured of an incident, in a few lines. Waits for the disk a moment at most. */
public interface Findings {
  Findings NONE = incident -> List.of();

  List<String> of(Incident incident);
}
