package org.medicd.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.config.ConfigReader;
import org.medicd.config.Limits;
import org.medicd.config.Nearest;
import org.medicd.config.Parsed;
import org.medicd.config.Problem;
import org.medicd.config.Settings;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPath;
import org.medicd.linux.TrustedPrograms;
import org.medicd.notify.Wording;
import org.medicd.plan.Mode;
import org.medicd.rule.CachedCompiler;
import org.medicd.rule.RulePack;

/**
 * Configuration and rules, read and checked: what check prints, run stands on, and reload repeats.
 *
 * @param settings as they hold
 * @param pack the compiled rules; null where a problem stands in the way
 * @param problems all that is wrong, at once
 */
public record Preparation(Settings settings, @Nullable RulePack pack, List<Problem> problems) {
  static final Path CONFIG = Path.of("/etc/medicd/medicd.yaml");
  private static final Path SHIPPED = Path.of("/usr/share/medicd/rules");
  private static final String LIMITS = "limits.";

  /** The tree that this runs from; null: none. */
  private static final @Nullable String HOME = System.getProperty("medicd.home");

  /** Over this the trend is taken that rules see. */
  private static final Set<String> OF_COLLECTORS = Set.of("memory-leak.window");

  /** Compiles the rules of some folders. */
  private interface Compiler {
    RulePack.Compiled compile(List<Path> folders, Limits limits);
  }

  /** Finds what is wrong with rules; runs nothing of them, as they may be anybody's. */
  private interface Finder {
    List<Problem> problems(List<Path> folders, Limits limits);
  }

  /** Reads everything and compiles in this JVM; never throws for bad input. */
  public static Preparation of(@Nullable Path config, List<Path> rules, @Nullable Mode mode) {
    return of(config, rules, mode, RulePack::compile, RulePack::problems);
  }

  /** All that check tells: problems, and what compiles but is hardly meant. */
  public static List<Problem> check(@Nullable Path config, List<Path> rules, Instant now) {
    Preparation prepared = of(config, rules, null);
    List<Problem> all = new ArrayList<>(prepared.problems());
    all.addAll(RulePack.warnings(prepared.settings().rules().folders()));
    all.addAll(Wording.problems(prepared.settings().alerts().templates()));
    if (prepared.pack() != null) {
      Parsed parsed = read(config);
      all.addAll(outlook(parsed, now).problems());
      all.addAll(unusedLimits(parsed, prepared.pack().limits()));
      all.addAll(new NamedPrograms(parsed).problems(prepared.pack().rules()));
    }
    return all;
  }

  /** What check tells beside problems: when maintenance windows open next. */
  public static List<String> outlook(@Nullable Path config, Instant now) {
    return outlook(read(config), now).words();
  }

  private static MaintenanceOutlook outlook(Parsed parsed, Instant now) {
    return new MaintenanceOutlook(parsed, now, ZoneId.systemDefault());
  }

  /** Limits of the file that no rule asks for: a slip, or of a pack that is not there. */
  private static List<Problem> unusedLimits(Parsed parsed, Set<String> used) {
    List<Problem> problems = new ArrayList<>();
    parsed
        .lines()
        .forEach(
            (key, line) -> {
              String name = key.startsWith(LIMITS) ? key.substring(LIMITS.length()) : "";
              if (name.contains(".") && !used.contains(name) && !OF_COLLECTORS.contains(name)) {
                String what = "no rule uses the limit '" + name + "'";
                problems.add(new Problem(parsed.file(), line, what, Nearest.to(name, used)));
              }
            });
    problems.sort(Comparator.comparing(Problem::line));
    return problems;
  }

  /** Reads the configuration alone; nobody else may have written it. */
  static Parsed readTrusted(@Nullable Path config) {
    Parsed parsed = read(config);
    List<Problem> problems = new ArrayList<>(parsed.problems());
    problems.addAll(distrustOf(config));
    return new Parsed(parsed.file(), parsed.settings(), problems, parsed.lines(), parsed.secrets());
  }

  private static List<Problem> distrustOf(@Nullable Path config) {
    Path file = config == null ? CONFIG : config;
    return Files.exists(file) ? distrust(file) : List.of();
  }

  /** Reads everything, for a daemon that begins: the compiler stays out of its memory. */
  static Preparation forStart(Options options) {
    CachedCompiler compiler = compiler(options.folders().cache(), options.config());
    return of(
        options.config(),
        options.rules(),
        options.mode(),
        compiler::compileAtAnyCost,
        RulePack::problems);
  }

  /** Reads everything anew, for a daemon that runs. */
  static Preparation forReload(Options options) {
    CachedCompiler compiler = compiler(options.folders().cache(), options.config());
    return of(
        options.config(), options.rules(), options.mode(), compiler::compile, compiler::problems);
  }

  /**
   * Reads everything for rules to be tried: whoever may read them may try them.
   *
   * @param folder where scenarios are, and maybe rules; null: nowhere
   */
  public static Preparation forTrial(
      @Nullable Path config, List<Path> rules, @Nullable Path folder) {
    Parsed parsed = read(config);
    List<Path> folders = new ArrayList<>(folders(rules, parsed.settings()));
    if (rules.isEmpty() && folder != null) {
      folders.add(folder);
    }
    List<Problem> problems = new ArrayList<>(parsed.problems());
    problems.addAll(checkFolders(rules));
    RulePack.Compiled compiled = RulePack.compile(folders, parsed.settings().rules().limits());
    problems.addAll(compiled.problems());
    RulePack pack = problems.isEmpty() ? compiled.pack() : null;
    return new Preparation(
        parsed.settings().withRules(parsed.settings().rules().of(folders)), pack, problems);
  }

  /** Fills a cache of compiled rules; returns what stood in the way. */
  public static List<Problem> fill(@Nullable Path config, List<Path> rules, Path cache) {
    CachedCompiler compiler = compiler(cache, config);
    return of(config, rules, null, compiler::compile, compiler::problems).problems();
  }

  /** Writes what compiling comes to into a file, to be read by the JVM that asked for it. */
  public static void writeCompiled(@Nullable Path config, List<Path> rules, Path file)
      throws IOException {
    Parsed parsed = read(config);
    Settings settings =
        parsed
            .settings()
            .withRules(parsed.settings().rules().of(folders(rules, parsed.settings())));
    RulePack.compileTo(file, settings.rules().folders(), settings.rules().limits());
  }

  /** The named file must be there; the default one need not. */
  private static Parsed read(@Nullable Path config) {
    return config == null ? ConfigReader.read(CONFIG) : ConfigReader.readNamed(config);
  }

  private static CachedCompiler compiler(Path cache, @Nullable Path config) {
    Path shipped = HOME == null ? cache : Path.of(HOME, "lib");
    Programs programs = new Programs(TrustedPrograms.ofThisHost());
    return new CachedCompiler(cache, shipped, programs, config);
  }

  private static Preparation of(
      @Nullable Path config,
      List<Path> rules,
      @Nullable Mode mode,
      Compiler compiler,
      Finder finder) {
    Parsed parsed = read(config);
    List<Problem> problems = new ArrayList<>(parsed.problems());
    problems.addAll(parsed.checkSecrets());
    problems.addAll(distrustOf(config));
    Settings settings =
        parsed
            .settings()
            .withRules(parsed.settings().rules().of(folders(rules, parsed.settings())));
    if (mode != null) {
      settings = settings.withMode(mode);
    }
    problems.addAll(checkFolders(rules));
    problems.addAll(checkFiles(settings.rules().folders()));
    if (!problems.isEmpty()) {
      problems.addAll(finder.problems(settings.rules().folders(), settings.rules().limits()));
      return new Preparation(settings, null, withoutRepetition(problems));
    }
    RulePack.Compiled compiled =
        compiler.compile(settings.rules().folders(), settings.rules().limits());
    return new Preparation(settings, compiled.pack(), compiled.problems());
  }

  /** A folder that cannot be trusted is said once, not for each file in it. */
  private static List<Problem> withoutRepetition(List<Problem> problems) {
    Set<String> said = new HashSet<>();
    return problems.stream()
        .filter(problem -> problem.line() > 0 || said.add(problem.message()))
        .toList();
  }

  /** Those of the command line, else the configured; an unpacked tree brings its own packs. */
  private static List<Path> folders(List<Path> asked, Settings settings) {
    if (!asked.isEmpty()) {
      return asked;
    }
    Path own = HOME == null ? SHIPPED : Path.of(HOME, "rules");
    return settings.rules().folders().stream()
        .map(each -> each.equals(SHIPPED) ? own : each)
        .toList();
  }

  private static List<Problem> checkFolders(List<Path> asked) {
    return asked.stream()
        .filter(folder -> !Files.isDirectory(folder))
        .map(folder -> new Problem(folder.toString(), 0, "there is no such folder of rules", null))
        .toList();
  }

  private static List<Problem> checkFiles(List<Path> folders) {
    List<Problem> problems = new ArrayList<>();
    try {
      List<Path> files = RulePack.files(folders);
      if (files.isEmpty()) {
        problems.add(
            new Problem(folders.toString(), 0, "there is no rule file (*.drl) in there", null));
      }
      files.forEach(file -> problems.addAll(distrust(file)));
    } catch (IOException e) {
      problems.add(new Problem(folders.toString(), 0, "cannot be read: " + e.getMessage(), null));
    }
    return problems;
  }

  /** Rules and configuration run with the daemon's power: nobody else may write them. */
  private static List<Problem> distrust(Path file) {
    return TrustedPath.problems(file).stream()
        .map(problem -> new Problem(file.toString(), 0, problem, null))
        .toList();
  }
}
