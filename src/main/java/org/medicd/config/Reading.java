package org.medicd.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** One reading of one file: the problems found so far, and where each key stands. */
final class Reading {
  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, Path> secrets = new TreeMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  Reading(String file) {
    this.file = file;
  }

  void problem(int line, String message, @Nullable String suggestion) {
    problems.add(new Problem(file, line, message, suggestion));
  }

  void problem(Node at, String message) {
    problem(lineOf(at), message, null);
  }

  /** A key that was looked for, whether it is there or not. */
  void asked(String path) {
    known.add(path);
  }

  /** A key that is there. */
  void found(String path, Node key) {
    lines.put(path, lineOf(key));
  }

  /** A key that names the file of a secret. */
  void secret(String path, Path file) {
    secrets.put(path, file);
  }

  /** Files of secrets, by the full path of the key that names each. */
  Map<String, Path> secrets() {
    return secrets;
  }

  List<Problem> problems() {
    return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  /** The lines of the keys that are there, by their full path. */
  Map<String, Integer> lines() {
    return lines;
  }

  /** Every key that was looked for. */
  TreeSet<String> known() {
    return known;
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
