package org.medicd.evidence;

import java.io.IOException;

/** The environment that the process was started with, a variable a line, with secrets masked. */
record Environment(Scene scene) implements Part {
  private static final int MAX_BYTES = 256 * 1024;

  @Override
  public String name() {
    return "environment";
  }

  @Override
  public boolean takesMmapLock() {
    return true;
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    String raw = scene.read("environ", MAX_BYTES);
    if (raw.isEmpty()) {
      return; // a kernel thread, a zombie, or none
    }
    for (String variable : raw.split("\0")) {
      sheet.line(Secrets.maskVariable(variable));
    }
    if (raw.length() >= MAX_BYTES) {
      sheet.markCut();
    }
  }
}
