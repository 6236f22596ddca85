package org.medicd.rule;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What the rule compiler made of rule files; another JVM can run it without a compiler.
 *
 * @param classes by their binary names
 * @param models the names of those that describe the rules of a package each
 * @param rules as their authors wrote them
 */
record CompiledRules(Map<String, byte[]> classes, List<String> models, List<RuleText> rules) {
  private static final String CLASS = ".class";
  private static final String MODELS = "/drools-model";

  CompiledRules {
    classes = Map.copyOf(classes);
    models = List.copyOf(models);
    rules = List.copyOf(rules);
  }

  /**
   * @param jar as the compiler packs its classes
   */
  static CompiledRules of(byte[] jar, List<RuleText> rules) {
    Map<String, byte[]> classes = new HashMap<>();
    List<String> models = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.endsWith(CLASS)) {
          String binary = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
          classes.put(binary, zip.readAllBytes());
        } else if (name.endsWith(MODELS)) {
          // Its first line tells the compiler's version.
          new String(zip.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .skip(1)
              .forEach(models::add);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the rule compiler's own archive cannot be read", e);
    }
    return new CompiledRules(classes, models, rules);
  }
}
