package org.medicd.rule;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Limits;
import org.medicd.config.Problem;
import org.medicd.linux.Programs;
import org.medicd.linux.RunAs;

/**
 * Gives compiled rules out of the cache, or has another JVM compile them: a compiler would stay in
 * the daemon's memory for good, twice as large as the daemon. Where no other JVM can be run the
 * rules are compiled in this one.
 */
public final class CachedCompiler {
  private static final System.Logger LOG = System.getLogger(CachedCompiler.class.getName());
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int MOST_OUTPUT = 1 << 16;

  /** What the natives of medicd's libraries are found by. */
  private static final List<String> PASSED_ON =
      List.of("medicd.home", "jna.boot.library.path", "jna.nounpack", "org.sqlite.lib.path");

  private final PackCache cache;
  private final Programs programs;
  private final @Nullable Path config;

  /**
   * @param folder of the cache
   * @param config file that the limits are from; null: the default one
   */
  public CachedCompiler(Path folder, Programs programs, @Nullable Path config) {
    this.cache = new PackCache(folder);
    this.programs = programs;
    this.config = config;
  }

  /** As {@link RulePack#compile}. */
  public RulePack.Compiled compile(List<Path> folders, Limits limits) {
    try {
      String key = PackKey.of(folders, limits);
      CompiledRules kept = cache.find(key);
      return kept != null
          ? new RulePack.Compiled(RulePack.load(kept), List.of())
          : compileBeside(key, folders);
    } catch (IOException | UnfitPackException e) {
      LOG.log(Level.WARNING, "the rules are compiled in the daemon itself: " + e.getMessage());
      return RulePack.compile(folders, limits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new RulePack.Compiled(
          null, List.of(new Problem(folders.toString(), 0, "compiling was interrupted", null)));
    }
  }

  private RulePack.Compiled compileBeside(String key, List<Path> folders)
      throws IOException, UnfitPackException, InterruptedException {
    Path draft = cache.draft(key);
    try {
      Programs.Result result =
          programs.run(
              command(draft, folders), RunAs.same(), Path.of("/"), Map.of(), DEADLINE, MOST_OUTPUT);
      if (!Files.exists(draft)) {
        String how = result.timedOut() ? "took too long" : "ended with " + result.exitStatus();
        throw new IOException("the compiler " + how + ": " + result.output().strip());
      }
      PackFile made = PackFile.parse(Files.readAllBytes(draft));
      if (!made.key().equals(key)) {
        throw new IOException("the rules or their limits changed while they were compiled");
      }
      if (made.compiled() == null) {
        return new RulePack.Compiled(null, made.problems());
      }
      cache.keep(key, draft);
      return new RulePack.Compiled(RulePack.load(made.compiled()), made.problems());
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private List<String> command(Path draft, List<Path> folders) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
    for (String name : PASSED_ON) {
      String value = System.getProperty(name);
      if (value != null) {
        command.add("-D" + name + "=" + value);
      }
    }
    Stream.of("-cp", System.getProperty("java.class.path", ""), "org.medicd.Main")
        .forEach(command::add);
    command.addAll(List.of("compile", "--to", draft.toString()));
    if (config != null) {
      command.addAll(List.of("--config", config.toString()));
    }
    folders.forEach(folder -> command.addAll(List.of("--rules", folder.toString())));
    return command;
  }
}
