package org.medicd.rule;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
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

  private final KieBase base;
  private final List<RuleText> rules;

  private RulePack(KieBase base, List<RuleText> rules) {
    this.base = base;
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
    List<RuleSource> sources;
    try {
      sources = RuleSource.read(folders);
    } catch (IOException e) {
      return new Compiled(
          null, List.of(new Problem(folders.toString(), 0, "cannot be read: " + e, null)));
    }
    List<Problem> problems = new ArrayList<>();
    List<RuleText> texts = new ArrayList<>();
    for (RuleSource source : sources) {
      parse(source, texts, problems);
    }
    if (problems.isEmpty()) {
      problems.addAll(new RuleLint(limits).check(texts));
    }
    KieBase base = problems.isEmpty() ? build(sources, problems) : null;
    return new Compiled(base == null ? null : new RulePack(base, texts), problems);
  }

  private static void parse(RuleSource source, List<RuleText> texts, List<Problem> problems) {
    DrlParser parser = new DrlParser();
    try {
      PackageDescr descr = parser.parse(false, source.text());
      parser
          .getErrors()
          .forEach(
              error ->
                  problems.add(
                      new Problem(
                          source.path().toString(),
                          firstLine(error.getLines()),
                          error.getMessage(),
                          null)));
      if (descr != null) {
        descr.getRules().forEach(rule -> texts.add(RuleText.of(source.path(), rule)));
      }
    } catch (DroolsParserException e) {
      problems.add(new Problem(source.path().toString(), 0, String.valueOf(e.getMessage()), null));
    }
  }

  private static int firstLine(int[] lines) {
    return lines.length == 0 ? 0 : lines[0];
  }

  private static @Nullable KieBase build(List<RuleSource> sources, List<Problem> problems) {
    KieServices services = KieServices.Factory.get();
    KieFileSystem files = services.newKieFileSystem();
    for (RuleSource source : sources) {
      files.write(
          "src/main/resources/" + source.folder() + source.path().getFileName(), source.text());
    }
    KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
    for (Message message : builder.getResults().getMessages(Message.Level.ERROR)) {
      problems.add(CompilerMessage.toProblem(message, sources));
    }
    return problems.isEmpty()
        ? services.newKieContainer(builder.getKieModule().getReleaseId()).getKieBase()
        : null;
  }

  KieBase base() {
    return base;
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
