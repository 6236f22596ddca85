package org.medicd.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the configuration.
 *
 * @param file as it was named
 * @param line from 1; 0 where no line is to blame
 * @param message what is wrong and, where that helps, what would be right
 * @param suggestion what was probably meant, to be written in its place; null: no idea
 */
public record Problem(String file, int line, String message, @Nullable String suggestion) {
  /** One line: medicd.yaml:12: unknown key 'colldown', did you mean 'cooldown'? */
  @Override
  public String toString() {
    String where = line > 0 ? file + ":" + line : file;
    String hint = suggestion == null ? "" : ", did you mean " + Quoted.of(suggestion) + "?";
    return where + ": " + message + hint;
  }
}
