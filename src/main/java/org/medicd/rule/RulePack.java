package org.medicd.rule;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.medicd.config.Limits;
import org.medicd.config.Problem;
import org.medicd.plan.Mode;

/** The rules of one or more folders, compiled. */
public final class RulePack {
  /**
   * What came of compiling.
   *
   * @param pack null where a problem kept it from being compiled
   * @param problems all that was found, in the order of files and lines
   */
  public record Compiled(@Nullable RulePack pack, List<Problem> problems) {}

  private final List<Model> models;
  private final KieBase base;
  private final List<RuleText> rules;
  private final Map<String, Integer> words;

  private RulePack(List<Model> models, List<RuleText> rules) {
    this.models = List.copyOf(models);
    this.base = KieBaseBuilder.createKieBaseFromModel(this.models);
    this.rules = List.copyOf(rules);
    this.words = Map.copyOf(Sieve.words(this.rules));
  }

  /**
   * Makes compiled rules ready to run.
   *
   * @throws UnfitPackException if this version of medicd cannot run them
   */
  static RulePack load(CompiledRules compiled) throws UnfitPackException {
    return new RulePack(new PackLoader(compiled).models(), compiled.rules());
  }

  /** No rules. */
  static RulePack empty() {
    return new RulePack(List.of(), List.of());
  }

  /** The rule files that {@link #compile} would read. */
  public static List<Path> files(List<Path> folders) throws IOException {
    return List.copyOf(RuleSource.files(folders));
  }

  /**
   * Reads, checks and compiles in this JVM; a later folder's file replaces an earlier one's of the
   * same name.
   */
  public static Compiled compile(List<Path> folders, Limits limits) {
    PackFile made = make("", folders, limits);
    if (made.compiled() == null) {
      return new Compiled(null, made.problems());
    }
    try {
      return new Compiled(load(made.compiled()), made.problems());
    } catch (UnfitPackException e) {
      throw new IllegalStateException("what was just compiled does not run", e);
    }
  }

  /** What is wrong with rules. Nothing of them is run. */
  public static List<Problem> problems(List<Path> folders, Limits limits) {
    return make("", folders, limits).problems();
  }

  /** The same, for another JVM to run: writes what comes of it to a file. */
  public static void compileTo(Path file, List<Path> folders, Limits limits) throws IOException {
    String key = PackKey.of(folders, limits);
    PackFile pack = make(key, folders, limits);
    if (!PackKey.of(folders, limits).equals(key)) {
      throw new IOException("the rules changed while they were compiled");
    }
    byte[] made = pack.toBytes();
    try (FileChannel channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(made);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** What compiles and would do something else than was meant, or nothing. */
  public static List<Problem> warnings(List<Path> folders) {
    List<Problem> ignored = new ArrayList<>();
    try {
      List<RuleParser.ParsedFile> files =
          RuleSource.read(folders, ignored).stream()
              .map(source -> RuleParser.parse(source, ignored))
              .toList();
      return new RuleWarnings(files).all();
    } catch (IOException e) {
      return List.of(); // it is a problem already
    }
  }

  /** The limits that the rules ask for, as diagnosis.name. */
  public Set<String> limits() {
    return rules.stream()
        .flatMap(rule -> RuleWarnings.limitsOf(rule).stream())
        .collect(Collectors.toSet());
  }

  private static PackFile make(String key, List<Path> folders, Limits limits) {
    List<Problem> problems = new ArrayList<>();
    List<RuleSource> sources;
    try {
      sources = RuleSource.read(folders, problems);
    } catch (IOException e) {
      return new PackFile(
          key, null, List.of(new Problem(folders.toString(), 0, "cannot be read: " + e, null)));
    }
    List<RuleParser.ParsedFile> files =
        sources.stream().map(source -> RuleParser.parse(source, problems)).toList();
    List<RuleText> texts = files.stream().flatMap(file -> file.rules().stream()).toList();
    RuleLint lint = new RuleLint(limits);
    problems.addAll(lint.check(texts, sources));
    RuleCompiler compiler =
        new RuleCompiler(files.stream().map(RuleParser.ParsedFile::source).toList(), texts);
    byte[] classes = problems.isEmpty() ? compiler.compile() : null;
    if (classes == null) {
      problems.addAll(
          compiler.problems(texts.stream().filter(rule -> !lint.explains(rule)).toList()));
    }
    problems.sort(Comparator.comparing(Problem::file).thenComparing(Problem::line));
    return new PackFile(
        key, classes == null ? null : CompiledRules.of(classes, texts), List.copyOf(problems));
  }

  /**
   * The rules that only count what they would do: by their own mode, or because they or their file
   * are named.
   */
  public Set<String> shadows(Collection<String> named) {
    return rules.stream()
        .filter(
            rule ->
                rule.mode() == Mode.SHADOW
                    || named.contains(rule.name())
                    || named.contains(rule.file().getFileName().toString()))
        .map(RuleText::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The same without some of its rules. */
  public RulePack without(Set<String> names) {
    List<RuleText> rest = rules.stream().filter(each -> !names.contains(each.name())).toList();
    return new RulePack(
        partsOf(rest.stream().map(RuleText::name).collect(Collectors.toSet())), rest);
  }

  KieBase base() {
    return base;
  }

  /** A base of its own with these rules only. */
  KieBase baseOf(Set<String> names) {
    return KieBaseBuilder.createKieBaseFromModel(partsOf(names));
  }

  private List<Model> partsOf(Set<String> names) {
    return models.stream().map(model -> (Model) new PartOfModel(model, names)).toList();
  }

  /** Every rule as its author wrote it. */
  public List<RuleText> rules() {
    return rules;
  }

  /** How often each word stands in the code of the rules. */
  Map<String, Integer> words() {
    return words;
  }

  Map<String, RuleText> byName() {
    Map<String, RuleText> byName = new java.util.HashMap<>();
    rules.forEach(rule -> byName.put(rule.name(), rule));
    return byName;
  }
}
