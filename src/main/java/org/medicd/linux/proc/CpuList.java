package org.medicd.linux.proc;

import java.util.ArrayList;
import java.util.List;

/** A list of CPUs or nodes as the kernel writes it, 0-3,8 (cpuset(7), "List format"). */
public final class CpuList {
  private static final int MOST = 1 << 16;

  private CpuList() {}

  public static List<Integer> parse(String content) throws MalformedKernelFile {
    List<Integer> cpus = new ArrayList<>();
    String list = content.strip();
    for (String part : list.isEmpty() ? new String[0] : list.split(",", -1)) {
      int dash = part.indexOf('-');
      int first = number(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? first : number(part.substring(dash + 1));
      for (int cpu = first; cpu <= last; cpu++) {
        cpus.add(cpu);
      }
    }
    return List.copyOf(cpus);
  }

  private static int number(String text) throws MalformedKernelFile {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number < MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new MalformedKernelFile("proc/PID/status", "no number of a CPU in \"" + text + "\"");
  }
}
