package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.medicd.rule.RulePack;
import org.medicd.rule.RuleText;

/**
 * The name of the rule whose consequence runs, in a file that outlives the daemon: a rule in which
 * it died twice, by its watchdog or otherwise, holds it up and is left out. For the tick's thread.
 */
final class RuleMark implements Consumer<String> {
  private static final System.Logger LOG = System.getLogger(RuleMark.class.getName());
  private static final int DEATHS_BORNE = 1;

  /** The file: who runs, how often the daemon died, and in whom. */
  private static final int RUNNING = 0;

  private static final int DEATHS = 500;
  private static final int DIED = 504;
  private static final int SIZE = 1_004;
  private static final int MOST_BYTES = DEATHS - RUNNING - Short.BYTES;

  private final ByteBuffer file;

  private RuleMark(ByteBuffer file) {
    this.file = file;
  }

  /**
   * Opens the file, or begins it; whoever was running when the daemon ended is counted. Where the
   * folder takes no file (it is full), a death is not remembered, and that is all.
   *
   * @param runtime folder in memory
   */
  static RuleMark in(Path runtime) {
    Path path = runtime.resolve("rule");
    try {
      RuleMark mark = new RuleMark(map(path));
      mark.count();
      return mark;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a rule that never ends will not be left out: " + path + ": " + e);
      return new RuleMark(ByteBuffer.allocate(SIZE));
    }
  }

  private static ByteBuffer map(Path path) throws IOException {
    if (Files.notExists(path)) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() < SIZE) {
        // In full: where there is no room this fails, and not the first name that is put there.
        channel.write(ByteBuffer.allocate(SIZE), 0);
      }
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
    }
  }

  private void count() {
    String running = read(RUNNING);
    if (!running.isEmpty()) {
      int before = running.equals(read(DIED)) ? file.getInt(DEATHS) : 0;
      file.putInt(DEATHS, before + 1);
      write(DIED, running);
      accept("");
    }
  }

  /** Takes the name of the rule that runs; "" once it has ended. */
  @Override
  public void accept(String rule) {
    write(RUNNING, rule);
  }

  /** The rules without the one that is to be left out. */
  RulePack fit(RulePack pack) {
    String kept = deadly().orElse("");
    Set<String> deadly =
        pack.rules().stream()
            .map(RuleText::name)
            .filter(name -> isNamed(name, kept))
            .collect(Collectors.toSet());
    return deadly.isEmpty() ? pack : pack.without(deadly);
  }

  /** The rule that is to be left out. */
  Optional<String> deadly() {
    return file.getInt(DEATHS) > DEATHS_BORNE ? Optional.of(read(DIED)) : Optional.empty();
  }

  /** Rules are read anew: it may have been mended. */
  void forget() {
    file.putInt(DEATHS, 0);
    write(DIED, "");
  }

  /** The name as it is kept, which may be cut. */
  static boolean isNamed(String rule, String kept) {
    return new String(bytes(rule), StandardCharsets.UTF_8).equals(kept);
  }

  private static byte[] bytes(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MOST_BYTES ? bytes : java.util.Arrays.copyOf(bytes, MOST_BYTES);
  }

  private void write(int at, String name) {
    byte[] bytes = bytes(name);
    file.putShort(at, (short) 0); // a name that is half written is none
    file.put(at + Short.BYTES, bytes);
    file.putShort(at, (short) bytes.length);
  }

  /** What anybody may have done to the file is no name. */
  private String read(int at) {
    int length = file.getShort(at);
    if (length <= 0 || length > MOST_BYTES) {
      return "";
    }
    byte[] bytes = new byte[length];
    file.get(at + Short.BYTES, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
