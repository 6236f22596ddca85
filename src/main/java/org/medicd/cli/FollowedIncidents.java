package org.medicd.cli;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What was told of each incident, to tell only what is new. */
final class FollowedIncidents {
  private final Map<String, JsonObject> told = new HashMap<>();

  /** Those that are new or not as they were told, in order of opening. */
  List<JsonObject> changed(List<JsonObject> newestFirst) {
    List<JsonObject> changed = new ArrayList<>();
    for (JsonObject incident : newestFirst) {
      if (!incident.equals(told.put(id(incident), incident))) {
        changed.add(0, incident);
      }
    }
    return changed;
  }

  /** Ids of those that were told as open and are no longer listed; each is named once. */
  List<String> gone(List<JsonObject> open) {
    Set<String> ids = open.stream().map(FollowedIncidents::id).collect(Collectors.toSet());
    List<String> gone = new ArrayList<>();
    told.forEach(
        (id, last) -> {
          if (!ids.contains(id) && last.get("closedAt").isJsonNull()) {
            gone.add(id);
          }
        });
    gone.forEach(told::remove);
    return gone;
  }

  private static String id(JsonObject incident) {
    return incident.get("id").getAsString();
  }
}
