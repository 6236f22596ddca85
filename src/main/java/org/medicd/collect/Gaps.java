package org.medicd.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.medicd.fact.Gap;

/** The gaps of one look. What is denied for many processes for one reason is one gap. */
public final class Gaps {
  private final List<Gap> gaps = new ArrayList<>();
  private final Map<String, Integer> denied = new TreeMap<>();

  public void add(String aspect, String subject, String reason) {
    gaps.add(new Gap(aspect, subject, reason));
  }

  public void addAll(List<Gap> others) {
    gaps.addAll(others);
  }

  /** Reports why a file of a process could not be read, unless it is simply not there. */
  public void ofProcess(String aspect, int pid, IOException failure) {
    if (ProcTree.isAbsence(failure)) {
      return;
    }
    if (ProcTree.isDenial(failure)) {
      denied.merge(aspect, 1, Integer::sum);
    } else {
      add(aspect, "pid " + pid, reason(failure));
    }
  }

  public void ofHost(String aspect, IOException failure) {
    add(aspect, "the host", reason(failure));
  }

  public List<Gap> toList() {
    List<Gap> all = new ArrayList<>(gaps);
    denied.forEach(
        (aspect, count) -> all.add(new Gap(aspect, count + " processes", "permission denied")));
    return List.copyOf(all);
  }

  private static String reason(IOException failure) {
    return failure.getMessage() != null ? failure.getMessage() : failure.toString();
  }
}
