package org.medicd.lab;

/**
 * How a program ended and what it said.
 *
 * @param status exit status; 128 + n after signal n; 124 where its time was over
 */
public record Result(int status, String out, String err) {

  /** Its output, stripped; the test fails where the program did. */
  public String expectSuccess() {
    if (status != 0) {
      throw new AssertionError("exit status " + status + "\n" + out + "\n" + err);
    }
    return out.strip();
  }
}
