package org.medicd.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the file. Whoever reads it asks for its keys one by one; in the end {@link
 * #rejectOthers} complains about those that nobody asked for. A value that does not fit is a
 * problem of the reading, and for the caller as if it were not there.
 */
public final class Section {
  private static final int LONGEST_PATH = 80;

  private final Reading reading;
  private final String path;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();

  private Section(Reading reading, String path, int line) {
    this.reading = reading;
    this.path = path;
    this.line = line;
  }

  static Section of(Reading reading, String path, @Nullable Node node) {
    Section section = new Section(reading, path, node == null ? 0 : Reading.lineOf(node));
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(section::take);
    } else if (node != null && !isNothing(node)) {
      String name = path.isEmpty() ? "the file" : Quoted.of(path);
      reading.problem(node, name + " must hold keys and their values, not " + kindOf(node));
    }
    return section;
  }

  private void take(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      reading.problem(
          entry.getKeyNode(), "a key must be a word, not " + kindOf(entry.getKeyNode()));
      return;
    }
    String full = pathOf(key.getValue());
    if (values.putIfAbsent(key.getValue(), entry.getValueNode()) == null) {
      reading.found(full, key);
    } else {
      int first = reading.lines().getOrDefault(full, 0);
      reading.problem(key, "key " + Quoted.of(full) + " is already given in line " + first);
    }
  }

  /** The keys that are there. */
  public Set<String> keys() {
    return values.keySet();
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** A section below this one; empty if it is not there. */
  public Section section(String key) {
    return of(reading, pathOf(key), ask(key));
  }

  /** A section below this one; null if it is not there, or has nothing in it. */
  @Nullable Section optional(String key) {
    Node node = ask(key);
    return node == null || isNothing(node) ? null : of(reading, pathOf(key), node);
  }

  /** The sections in a list. */
  List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    Node node = ask(key);
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        sections.add(of(reading, pathOf(key) + "[" + sections.size() + "]", item));
      }
    } else if (node != null && !isNothing(node)) {
      reading.problem(node, Quoted.of(pathOf(key)) + " must be a list, not " + kindOf(node));
    }
    return sections;
  }

  /** What the parser makes of the value; null if the key is not there or the value does not fit. */
  public <T> @Nullable T value(String key, Function<String, T> parser) {
    Node node = ask(key);
    return node == null ? null : parsed(key, node, parser);
  }

  /** As {@link #value}, with what holds if there is none. */
  public <T> T value(String key, Function<String, T> parser, T otherwise) {
    T value = value(key, parser);
    return value == null ? otherwise : value;
  }

  /** The file of a secret, which is looked at once all is read; null as of {@link #value}. */
  @Nullable Path secret(String key) {
    Path file = value(key, Values::secretFile);
    if (file != null) {
      reading.secret(pathOf(key), file);
    }
    return file;
  }

  /** As {@link #secret}, but it must be there. */
  @Nullable Path requiredSecret(String key) {
    require(key);
    return secret(key);
  }

  /** As {@link #value}, but it must be there. */
  <T> @Nullable T required(String key, Function<String, T> parser) {
    require(key);
    return value(key, parser);
  }

  /** Reports it unless there is one of these keys, and not both. */
  void requireOneOf(String one, String other) {
    boolean first = values.containsKey(one);
    if (first == values.containsKey(other)) {
      String both = Quoted.of(one) + (first ? " and " : " or ") + Quoted.of(other);
      problem(
          null, Quoted.of(path) + (first ? " has " + both + ": one is enough" : " needs " + both));
    }
  }

  private void require(String key) {
    if (!values.containsKey(key)) {
      problem(null, Quoted.of(path) + " needs " + Quoted.of(key));
    }
  }

  /** The values of a list, without those that do not fit; null if the key is not there. */
  public <T> @Nullable List<T> list(String key, Function<String, T> parser) {
    Node node = ask(key);
    if (node == null) {
      return null;
    }
    if (!(node instanceof SequenceNode list)) {
      String one = node instanceof ScalarNode scalar ? scalar.getValue() : "";
      String hint = one.isEmpty() ? "" : ": write [" + Quoted.bare(one) + "]";
      reading.problem(node, Quoted.of(pathOf(key)) + " must be a list, not " + kindOf(node) + hint);
      return null;
    }
    List<T> values = new ArrayList<>();
    for (Node item : list.getValue()) {
      T value = parsed(key, item, parser);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** Whether the value of a key is a single one. */
  public boolean isSingle(String key) {
    return values.get(key) instanceof ScalarNode;
  }

  /** Whether the value of a key is a list. */
  public boolean isList(String key) {
    return values.get(key) instanceof SequenceNode;
  }

  /** Where it stands, from 1; 0 where that is not known. */
  public int line(String key) {
    return reading.lines().getOrDefault(pathOf(key), line);
  }

  boolean isEmptyList(String key) {
    return values.get(key) instanceof SequenceNode list && list.getValue().isEmpty();
  }

  /** Reports something about a key, or about the section as a whole. */
  public void problem(@Nullable String key, String message) {
    problem(key, message, null);
  }

  /**
   * The same.
   *
   * @param mend what was probably meant; null: no idea
   */
  public void problem(@Nullable String key, String message, @Nullable String mend) {
    Integer at = key == null ? null : reading.lines().get(pathOf(key));
    if (at == null) {
      at = reading.lines().getOrDefault(path, line);
    }
    reading.problem(at, message, mend);
  }

  /** Reports every key that was not asked for. */
  public void rejectOthers() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        unknown(key, asked);
      }
    }
  }

  /** Reports a key that nobody knows, among those that are. */
  public void unknown(String key, Collection<String> known) {
    String full = pathOf(key);
    String nearest = Nearest.to(key, known);
    String message = "unknown key " + Quoted.of(full);
    if (nearest == null && !known.isEmpty()) {
      message += ", known are " + String.join(", ", new TreeSet<>(known));
    }
    reading.problem(reading.lines().getOrDefault(full, line), message, nearest);
  }

  private @Nullable Node ask(String key) {
    asked.add(key);
    reading.asked(pathOf(key));
    return values.get(key);
  }

  private <T> @Nullable T parsed(String key, Node node, Function<String, T> parser) {
    String name = shortPath(key);
    if (!(node instanceof ScalarNode scalar)) {
      reading.problem(node, Quoted.of(name) + " must be a single value, not " + kindOf(node));
      return null;
    }
    if (isNothing(node) || scalar.getValue().isBlank()) {
      String hint =
          ": give a value, or leave the key out (a value that starts with # needs quotes)";
      reading.problem(node, Quoted.of(name) + " has no value" + hint);
      return null;
    }
    try {
      return parser.apply(scalar.getValue());
    } catch (Unfit e) {
      reading.problem(Reading.lineOf(node), name + ": " + e.getMessage(), e.suggestion());
      return null;
    }
  }

  /** Of a long one the end tells more. */
  private String shortPath(String key) {
    String full = Quoted.clean(pathOf(key));
    return full.length() <= LONGEST_PATH
        ? full
        : "…" + full.substring(full.length() - LONGEST_PATH);
  }

  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String kindOf(Node node) {
    if (isNothing(node)) {
      return "nothing";
    }
    return node instanceof SequenceNode
        ? "a list"
        : node instanceof MappingNode ? "keys and values" : "a single value";
  }
}
