package org.medicd.linux.kmsg;

import static org.medicd.linux.kmsg.TextForm.group;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEventKind;

/** Machine checks, errors that the firmware reports, and those of the memory controllers. */
final class HardwareTexts {
  private static final List<TextForm> FORMS =
      List.of(
          new TextForm(
              "[Hardware Error]: ",
              "(?:mce: |\\{\\d+\\})?\\[Hardware Error\\]: .*",
              m -> KernelMessage.of(KernelEventKind.HARDWARE_ERROR)),
          new TextForm(
              "EDAC MC",
              "EDAC (MC\\d{1,4}): (?:\\d+ )?[CU]E (?:[^\\[\\]]{1,64} )?(?:on|page) .*",
              m -> KernelMessage.ofDevice(KernelEventKind.HARDWARE_ERROR, group(m, 1))));

  private HardwareTexts() {}

  static @Nullable KernelMessage message(String text) {
    return TextForm.first(FORMS, text);
  }
}
