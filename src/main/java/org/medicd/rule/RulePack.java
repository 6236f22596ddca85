package org.medicd.rule;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieContainer;
import org.medicd.config.Limits;
import org.medicd.config.Problem;

/** The rules of one or more folders, compiled. */
public final class RulePack {
  /**
   * What came of compiling.
   *
   * @param pack null where a problem kept it from being compiled
   * @param problems all that was found, in the order of files and lines
   */
  public record Compiled(@Nullable RulePack pack, List<Problem> problems) {}

  private final KieContainer container;
  private final KieBase base;
  private final List<RuleText> rules;

  private RulePack(KieContainer container, List<RuleText> rules) {
    this.container = container;
    this.base = container.getKieBase();
    this.rules = List.copyOf(rules);
  }

  /** The rule files that {@link #compile} would read. */
  public static List<Path> files(List<Path> folders) throws IOException {
    return List.copyOf(RuleSource.files(folders));
  }

  /**
   * Reads, checks and compiles; a later folder's file replaces an earlier one's of the same name.
   */
  public static Compiled compile(List<Path> folders, Limits limits) {
    List<Problem> problems = new ArrayList<>();
    List<RuleSource> sources;
    try {
      sources = RuleSource.read(folders, problems);
    } catch (IOException e) {
      return new Compiled(
          null, List.of(new Problem(folders.toString(), 0, "cannot be read: " + e, null)));
    }
    List<RuleParser.ParsedFile> files =
        sources.stream().map(source -> RuleParser.parse(source, problems)).toList();
    List<RuleText> texts = files.stream().flatMap(file -> file.rules().stream()).toList();
    RuleLint lint = new RuleLint(limits);
    problems.addAll(lint.check(texts, sources));
    RuleCompiler compiler =
        new RuleCompiler(files.stream().map(RuleParser.ParsedFile::source).toList(), texts);
    KieContainer container = problems.isEmpty() ? compiler.compile() : null;
    if (container == null) {
      problems.addAll(
          compiler.problems(texts.stream().filter(rule -> !lint.explains(rule)).toList()));
    }
    problems.sort(Comparator.comparing(Problem::file).thenComparing(Problem::line));
    return new Compiled(
        container == null ? null : new RulePack(container, texts), List.copyOf(problems));
  }

  KieBase base() {
    return base;
  }

  /** A base of its own with these rules only. */
  KieBase baseOf(Set<String> names) {
    KieBase copy = container.newKieBase(KieServices.Factory.get().newKieBaseConfiguration());
    copy.getKiePackages().stream()
        .flatMap(each -> each.getRules().stream())
        .filter(rule -> !names.contains(rule.getName()))
        .toList()
        .forEach(rule -> copy.removeRule(rule.getPackageName(), rule.getName()));
    return copy;
  }

  /** Every rule as its author wrote it. */
  public List<RuleText> rules() {
    return rules;
  }

  Map<String, RuleText> byName() {
    Map<String, RuleText> byName = new java.util.HashMap<>();
    rules.forEach(rule -> byName.put(rule.name(), rule));
    return byName;
  }
}
