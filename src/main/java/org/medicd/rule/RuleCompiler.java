package org.medicd.rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.medicd.config.Problem;

/**
 * Compiles rules. The compiler stops at the first kind of mistake and often names neither file nor
 * rule; so where it complains the rules are compiled in halves, until each mistake has its rule.
 */
final class RuleCompiler {
  // It logs each mistake with a stack trace; they are problems of a file and reported as such.
  private static final Logger NOISE = Logger.getLogger("org.drools.compiler.kie");

  static {
    NOISE.setLevel(Level.OFF);
  }

  private record Built(@Nullable KieBuilder builder, List<String> errors) {}

  private final List<RuleSource> sources;
  private final List<RuleText> all;

  RuleCompiler(List<RuleSource> sources, List<RuleText> all) {
    this.sources = sources;
    this.all = all;
  }

  /** An archive of classes; null: there are problems, which {@link #problems} finds. */
  byte @Nullable [] compile() {
    Built built = build(all);
    KieBuilder builder = built.builder();
    return builder != null && built.errors().isEmpty()
        ? ((InternalKieModule) builder.getKieModule()).getBytes()
        : null;
  }

  /** What is wrong with these rules. */
  List<Problem> problems(List<RuleText> suspects) {
    List<Problem> found = new ArrayList<>();
    if (build(suspects).errors().isEmpty()) {
      return found;
    }
    List<String> withoutRules = build(List.of()).errors();
    if (withoutRules.isEmpty()) {
      find(suspects, found);
    } else {
      found.addAll(CompilerMessage.ofFiles(withoutRules, sources));
    }
    return found;
  }

  /** Looks for the mistakes in a set of rules that is known not to compile. */
  private void find(List<RuleText> suspects, List<Problem> found) {
    if (suspects.size() == 1) {
      RuleText rule = suspects.get(0);
      build(suspects).errors().forEach(error -> found.add(CompilerMessage.ofRule(error, rule)));
      return;
    }
    int half = suspects.size() / 2;
    int before = found.size();
    for (List<RuleText> part :
        List.of(suspects.subList(0, half), suspects.subList(half, suspects.size()))) {
      if (!build(part).errors().isEmpty()) {
        find(part, found);
      }
    }
    if (found.size() == before) {
      RuleText first = suspects.get(0);
      build(suspects).errors().forEach(error -> found.add(CompilerMessage.ofRule(error, first)));
    }
  }

  private Built build(List<RuleText> wanted) {
    KieFileSystem files = KieServices.Factory.get().newKieFileSystem();
    for (RuleSource source : sources) {
      List<String> others =
          all.stream()
              .filter(rule -> rule.file().equals(source.path()) && !wanted.contains(rule))
              .map(RuleText::source)
              .toList();
      files.write(
          "src/main/resources/" + source.folder() + source.path().getFileName(),
          source.without(others).text());
    }
    try {
      KieBuilder builder =
          KieServices.Factory.get().newKieBuilder(files).buildAll(ExecutableModelProject.class);
      return new Built(builder, errors(builder));
    } catch (RuntimeException e) { // of the compiler's own parsers, for some mistakes
      return new Built(null, List.of("the rule compiler fails: " + e.getMessage()));
    }
  }

  private static List<String> errors(KieBuilder builder) {
    Set<String> errors = new LinkedHashSet<>();
    Stream<Message> messages = builder.getResults().getMessages(Message.Level.ERROR).stream();
    messages
        .map(message -> String.valueOf(message.getText()).strip())
        .filter(text -> !text.startsWith("Java source of "))
        .forEach(errors::add);
    return List.copyOf(errors);
  }
}
