package org.medicd.rule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Problem;

/**
 * What one compilation came to, as a file: the compiled rules, or what is wrong with them. It names
 * what it was made of, and ends with a checksum.
 *
 * @param key of all that the rules were compiled from
 * @param compiled null where problems stood in the way
 */
record PackFile(String key, @Nullable CompiledRules compiled, List<Problem> problems) {
  private static final String MAGIC = "medicd rules 3";
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      Writer writer = new Writer(out);
      writer.text(MAGIC);
      writer.text(key);
      writer.list(problems, writer::problem);
      out.writeBoolean(compiled != null);
      if (compiled != null) {
        writer.list(List.copyOf(compiled.classes().entrySet()), writer::type);
        writer.list(compiled.models(), writer::text);
        writer.list(compiled.rules(), writer::rule);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: it is written to memory
    }
    bytes.writeBytes(checksum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  /**
   * @throws UnfitPackException if it is damaged, or of another version
   */
  static PackFile parse(byte[] bytes) throws UnfitPackException {
    int length = bytes.length - CHECKSUM_BYTES;
    if (length < 0
        || !Arrays.equals(
            checksum(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length))) {
      throw new UnfitPackException("its checksum is wrong");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length))) {
      Reader reader = new Reader(in);
      if (!reader.text().equals(MAGIC)) {
        throw new UnfitPackException("it is of another version");
      }
      String key = reader.text();
      List<Problem> problems = reader.list(reader::problem);
      CompiledRules compiled = null;
      if (in.readBoolean()) {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        reader.list(reader::type).forEach(each -> classes.put(each.getKey(), each.getValue()));
        compiled = new CompiledRules(classes, reader.list(reader::text), reader.list(reader::rule));
      }
      return new PackFile(key, compiled, problems);
    } catch (IOException | RuntimeException e) {
      throw new UnfitPackException("it does not read as compiled rules: " + e);
    }
  }

  /** CRC-32C: it finds damage, and takes no time. */
  private static byte[] checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return ByteBuffer.allocate(CHECKSUM_BYTES).putInt((int) sum.getValue()).array();
  }

  private interface Part<T> {
    void write(T value) throws IOException;
  }

  private interface Source<T> {
    T read() throws IOException;
  }

  private record Writer(DataOutputStream out) {
    void text(String text) throws IOException {
      bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] bytes) throws IOException {
      out.writeInt(bytes.length);
      out.write(bytes);
    }

    <T> void list(List<T> list, Part<T> part) throws IOException {
      out.writeInt(list.size());
      for (T each : list) {
        part.write(each);
      }
    }

    void type(Map.Entry<String, byte[]> type) throws IOException {
      text(type.getKey());
      bytes(type.getValue());
    }

    void problem(Problem problem) throws IOException {
      text(problem.file());
      out.writeInt(problem.line());
      text(problem.message());
      out.writeBoolean(problem.suggestion() != null);
      text(problem.suggestion() == null ? "" : problem.suggestion());
    }

    void rule(RuleText rule) throws IOException {
      text(rule.file().toString());
      out.writeInt(rule.line());
      text(rule.source());
      text(rule.name());
      list(List.copyOf(rule.metadata().entrySet()), this::annotation);
      list(rule.patterns(), this::pattern);
      text(rule.consequence());
      out.writeBoolean(rule.selfContained());
    }

    private void annotation(Map.Entry<String, String> annotation) throws IOException {
      text(annotation.getKey());
      text(annotation.getValue());
    }

    private void pattern(RuleText.PatternText pattern) throws IOException {
      text(pattern.type());
      out.writeInt(pattern.line());
      list(pattern.conditions().stream().map(Condition::text).toList(), this::text);
      out.writeBoolean(pattern.ofFacts());
      out.writeBoolean(pattern.negated());
    }
  }

  private record Reader(DataInputStream in) {
    String text() throws IOException {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() throws IOException {
      return in.readNBytes(in.readInt());
    }

    <T> List<T> list(Source<T> source) throws IOException {
      List<T> list = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        list.add(source.read());
      }
      return list;
    }

    Map.Entry<String, byte[]> type() throws IOException {
      return Map.entry(text(), bytes());
    }

    Problem problem() throws IOException {
      String file = text();
      int line = in.readInt();
      String message = text();
      boolean suggested = in.readBoolean();
      String suggestion = text();
      return new Problem(file, line, message, suggested ? suggestion : null);
    }

    RuleText rule() throws IOException {
      Path file = Path.of(text());
      int line = in.readInt();
      String source = text();
      String name = text();
      Map<String, String> metadata = new LinkedHashMap<>();
      list(() -> Map.entry(text(), text())).forEach(e -> metadata.put(e.getKey(), e.getValue()));
      return new RuleText(
          file, line, source, name, metadata, list(this::pattern), text(), in.readBoolean());
    }

    private RuleText.PatternText pattern() throws IOException {
      String type = text();
      int line = in.readInt();
      List<Condition> conditions = list(this::text).stream().map(Condition::of).toList();
      return new RuleText.PatternText(type, line, conditions, in.readBoolean(), in.readBoolean());
    }
  }
}
