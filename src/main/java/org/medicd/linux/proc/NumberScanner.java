package org.medicd.linux.proc;

/** Reads numbers between single spaces out of bytes, without making a string of each. */
final class NumberScanner {
  private final String file;
  private final byte[] content;
  private final int end;
  private int at;

  NumberScanner(String file, byte[] content, int start, int end) {
    this.file = file;
    this.content = content;
    this.at = start;
    this.end = end;
  }

  void skip(int words) throws MalformedKernelFile {
    for (int i = 0; i < words; i++) {
      spaces();
      while (at < end && content[at] > ' ') {
        at++;
      }
    }
  }

  char letter() throws MalformedKernelFile {
    spaces();
    return (char) (content[at++] & 0xff);
  }

  long number() throws MalformedKernelFile {
    spaces();
    boolean negative = content[at] == '-';
    if (negative) {
      at++;
    }
    int start = at;
    long value = 0;
    while (at < end && content[at] >= '0' && content[at] <= '9') {
      value = value * 10 + (content[at++] - '0');
      if (value < 0) {
        throw new MalformedKernelFile(file, "a number is out of range at byte " + start);
      }
    }
    if (at == start || at < end && content[at] > ' ') {
      throw new MalformedKernelFile(file, "no number at byte " + start);
    }
    return negative ? -value : value;
  }

  int smallNumber() throws MalformedKernelFile {
    long value = number();
    if (value != (int) value) {
      throw new MalformedKernelFile(file, "a number is out of range before byte " + at);
    }
    return (int) value;
  }

  /** Steps over spaces to a word, which must be there. */
  private void spaces() throws MalformedKernelFile {
    while (at < end && content[at] == ' ') {
      at++;
    }
    if (at >= end) {
      throw new MalformedKernelFile(file, "ends after " + end + " bytes, in the middle");
    }
  }
}
