package org.medicd.linux.proc;

import org.medicd.fact.Pressure;
import org.medicd.fact.Pressure.Stall;

/** /proc/pressure/RESOURCE, and a control group's RESOURCE.pressure (the kernel's psi.rst). */
public final class PressureFile {
  private static final String FILE = "proc/pressure";

  private PressureFile() {}

  public static Pressure parse(String resource, String content) throws MalformedKernelFile {
    Stall some = null;
    Stall full = null;
    for (String line : content.split("\n")) {
      if (line.startsWith("some ")) {
        some = stall(line);
      } else if (line.startsWith("full ")) {
        full = stall(line);
      }
    }
    if (some == null) {
      throw new MalformedKernelFile(FILE, "no line \"some\" for " + resource);
    }
    return new Pressure(resource, some, full);
  }

  private static Stall stall(String line) throws MalformedKernelFile {
    Words keysAndValues = new Words(FILE, line);
    StringBuilder values = new StringBuilder();
    String[] keys = {"avg10=", "avg60=", "avg300=", "total="};
    for (int i = 0; i < keys.length; i++) {
      String word = keysAndValues.word(i + 1);
      if (!word.startsWith(keys[i])) {
        throw keysAndValues.malformed("no " + keys[i]);
      }
      values.append(word.substring(keys[i].length())).append(' ');
    }
    Words words = new Words(FILE, values.toString());
    return new Stall(words.decimal(0), words.decimal(1), words.decimal(2), words.number(3));
  }
}
