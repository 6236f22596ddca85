package org.medicd.evidence;

import org.jspecify.annotations.Nullable;

/** The text of summary.txt: of whom, what there is, and what is missing. */
final class Summary {
  private Summary() {}

  static String of(ProcessTarget target, CaptureReport report) {
    StringBuilder text = new StringBuilder();
    line(text, "process: " + target.id() + " \"" + target.comm() + "\"");
    line(text, "start ticks: " + target.id().startTicks());
    line(text, "user: " + known(target.user()) + " (uid " + known(target.uid()) + ")");
    line(text, "executable: " + known(target.executable()));
    line(text, "taken in: " + report.elapsed().toMillis() + " ms");
    line(text, "");
    line(text, "files:");
    for (CaptureReport.Captured file : report.files()) {
      String cut = file.cut() ? ", cut: there was more" : "";
      line(text, "  " + file.name() + ": " + file.sizeBytes() + " bytes" + cut);
    }
    line(text, "missing:");
    report.gaps().forEach(gap -> line(text, "  " + gap.aspect() + ": " + gap.reason()));
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(Printable.line(line)).append('\n');
  }

  private static String known(@Nullable Object value) {
    return value == null ? "unknown" : value.toString();
  }
}
