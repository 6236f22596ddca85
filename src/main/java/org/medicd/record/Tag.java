package org.medicd.record;

import java.util.Locale;

/** The lower-case-kebab word for an enum constant or for a member of a sealed family in JSON. */
final class Tag {
  private Tag() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** AwaitingApproval is awaiting-approval; ProcessId is process, as in {@code Subject.kind()}. */
  static String of(Class<?> member) {
    String name = member.getSimpleName().replaceFirst("Id$", "");
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
