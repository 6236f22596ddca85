package org.medicd.evidence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.medicd.fact.Gap;

/**
 * What came of one capture.
 *
 * @param vanished the process ended, or its pid became another's, during the capture: nothing was
 *     kept
 * @param folder where the files are
 * @param files what was written, without summary.txt
 * @param gaps parts that are missing or not whole, with the reason; the aspect is the part's name
 * @param elapsed how long it took
 */
public record CaptureReport(
    boolean vanished, Path folder, List<Captured> files, List<Gap> gaps, Duration elapsed) {
  public CaptureReport {
    files = List.copyOf(files);
    gaps = List.copyOf(gaps);
  }

  /**
   * One file of evidence.
   *
   * @param cut true if there was more than the bounds allow
   */
  public record Captured(String name, long sizeBytes, boolean cut) {}
}
