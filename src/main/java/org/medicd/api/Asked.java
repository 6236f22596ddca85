package org.medicd.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param method GET or POST
 * @param path decoded, as /v1/why/17
 * @param query its parameters
 * @param who user of the process that asks, as the kernel tells it
 */
record Asked(String method, String path, Map<String, List<String>> query, String who) {
  boolean is(String name) {
    return all(name).equals(List.of("true"));
  }

  List<String> all(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** The first value; null where there is none, or nothing in it. */
  @Nullable String first(String name) {
    List<String> values = all(name);
    return values.isEmpty() || values.get(0).isBlank() ? null : values.get(0);
  }
}
