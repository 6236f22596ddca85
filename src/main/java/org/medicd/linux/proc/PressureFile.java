package org.medicd.linux.proc;

import org.medicd.fact.Pressure;
import org.medicd.fact.Pressure.Stall;

/** /proc/pressure/RESOURCE, and a control group's RESOURCE.pressure (the kernel's psi.rst). */
public final class PressureFile {
  private static final String FILE = "proc/pressure";

  private PressureFile() {}

  public static Pressure parse(String resource, String content) throws MalformedKernelFile {
    TextScanner scanner = new TextScanner(FILE, content);
    Stall some = null;
    Stall full = null;
    for (; scanner.hasLine(); scanner.nextLine()) {
      if (scanner.take("some ")) {
        some = stall(scanner);
      } else if (scanner.take("full ")) {
        full = stall(scanner);
      }
    }
    if (some == null) {
      throw new MalformedKernelFile(FILE, "no line \"some\" for " + resource);
    }
    return new Pressure(resource, some, full);
  }

  private static Stall stall(TextScanner scanner) throws MalformedKernelFile {
    double avg10 = after("avg10=", scanner).decimal();
    double avg60 = after("avg60=", scanner).decimal();
    double avg300 = after("avg300=", scanner).decimal();
    return new Stall(avg10, avg60, avg300, after("total=", scanner).number());
  }

  private static TextScanner after(String key, TextScanner scanner) throws MalformedKernelFile {
    if (!scanner.hasWord() || !scanner.take(key)) {
      throw scanner.malformed("no " + key);
    }
    return scanner;
  }
}
