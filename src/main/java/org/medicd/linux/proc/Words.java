package org.medicd.linux.proc;

import java.util.regex.Pattern;

/** The words of one line, read as what the kernel promises them to be. */
final class Words {
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");
  private static final int SHOWN = 60;

  private final String file;
  private final String line;
  private final String[] words;

  Words(String file, String line) {
    this.file = file;
    this.line = line;
    this.words = BLANKS.split(line.strip());
  }

  int count() {
    return words[0].isEmpty() ? 0 : words.length;
  }

  String word(int index) throws MalformedKernelFile {
    if (index >= count()) {
      throw malformed("word " + (index + 1) + " is missing");
    }
    return words[index];
  }

  long number(int index) throws MalformedKernelFile {
    String word = word(index);
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw malformed("word " + (index + 1) + " is no number");
    }
  }

  int smallNumber(int index) throws MalformedKernelFile {
    long number = number(index);
    if (number != (int) number) {
      throw malformed("word " + (index + 1) + " is out of range");
    }
    return (int) number;
  }

  /** A figure in kB, as bytes. */
  long kibibytes(int index) throws MalformedKernelFile {
    long number = number(index);
    if (number < 0 || number > Long.MAX_VALUE / 1024) {
      throw malformed("word " + (index + 1) + " is out of range");
    }
    return number * 1024;
  }

  double decimal(int index) throws MalformedKernelFile {
    String word = word(index);
    try {
      double value = Double.parseDouble(word);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw malformed("word " + (index + 1) + " is no number");
  }

  MalformedKernelFile malformed(String reason) {
    String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    return new MalformedKernelFile(file, reason + " in \"" + shown + "\"");
  }
}
