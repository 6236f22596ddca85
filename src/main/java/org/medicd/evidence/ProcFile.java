package org.medicd.evidence;

import java.io.IOException;

/** A file of /proc/PID as it is. */
record ProcFile(String name) implements Part {
  @Override
  public void take(Scene scene, Sheet sheet) throws IOException {
    String content = scene.read(name, Scene.SMALL_BYTES);
    sheet.text(content);
    if (content.length() >= Scene.SMALL_BYTES) {
      sheet.markCut();
    }
  }
}
