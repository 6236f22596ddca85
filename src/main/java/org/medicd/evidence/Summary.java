package org.medicd.evidence;

import java.util.List;

/** The text of summary.txt: of whom, what there is, and what is missing. */
final class Summary {
  private Summary() {}

  static String of(List<String> about, CaptureReport report) {
    StringBuilder text = new StringBuilder();
    about.forEach(each -> line(text, each));
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
}
