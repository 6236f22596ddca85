package org.medicd.collect.census;

import java.util.HashMap;
import java.util.Map;

/** Texts that many processes have in common, kept once. Begins anew when it has grown large. */
final class Texts {
  private static final int MOST = 10_000;

  private final Map<String, String> texts = new HashMap<>();

  String of(String text) {
    if (texts.size() >= MOST) {
      texts.clear();
    }
    return texts.computeIfAbsent(text, same -> same);
  }
}
