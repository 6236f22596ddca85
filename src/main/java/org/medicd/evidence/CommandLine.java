package org.medicd.evidence;

import java.io.IOException;
import java.util.List;

/** The arguments, one a line, with secrets masked. */
record CommandLine(Scene scene) implements Part {
  @Override
  public String name() {
    return "cmdline";
  }

  @Override
  public boolean takesMmapLock() {
    return true;
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    String raw = scene.read("cmdline", Scene.SMALL_BYTES);
    List<String> arguments = List.of(raw.split("\0"));
    if (raw.isEmpty()) {
      return; // a kernel thread or a zombie
    }
    Secrets.mask(arguments).forEach(sheet::line);
    if (raw.length() >= Scene.SMALL_BYTES) {
      sheet.markCut();
    }
  }
}
