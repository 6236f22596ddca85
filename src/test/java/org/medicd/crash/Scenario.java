package org.medicd.crash;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Somebody who is ill, the ladder for it, and what must be true however medicd died in it. */
interface Scenario extends AutoCloseable {
  /** Begins one, with files of its own in the folder and processes that are all named so. */
  interface Beginning {
    Scenario begin(Path folder, String name) throws IOException;
  }

  /** The comm of whoever is ill. */
  String comm();

  /** The scope in the configuration: nobody else may be touched. */
  String scope();

  /** The rungs, as a rule has them. */
  String ladder();

  /** The actions of these rungs. */
  List<String> actions();

  /** Where the daemon runs: what stands before its command. */
  default List<String> place() {
    return List.of();
  }

  /**
   * Looks at what really happened to them.
   *
   * @param incident as medicd tells it, when it is over
   * @param passed what medicd did
   */
  void check(JsonObject incident, Passed passed) throws IOException;

  @Override
  void close();
}
