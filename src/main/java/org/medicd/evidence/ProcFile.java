package org.medicd.evidence;

import java.io.IOException;

/** A file of /proc/PID as it is. */
record ProcFile(Scene scene, String name, boolean takesMmapLock) implements Part {
  ProcFile(Scene scene, String name) {
    this(scene, name, false);
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    String content = scene.read(name, Scene.SMALL_BYTES);
    sheet.text(content);
    if (content.length() >= Scene.SMALL_BYTES) {
      sheet.markCut();
    }
  }
}
