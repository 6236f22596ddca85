package org.medicd.rule;

import java.io.IOException;
import java.io.InterruptedIOException;
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
 * the daemon's memory for good, twice as large as the daemon. The other JVM, which has none of the
 * daemon's power over the host, reads configuration and rules by itself and writes a draft into the
 * cache's folder, with the key of what it read.
 */
public final class CachedCompiler {
  private static final System.Logger LOG = System.getLogger(CachedCompiler.class.getName());
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int MOST_OUTPUT = 1 << 16;

  /** What the natives of medicd's libraries are found by. */
  private static final List<String> PASSED_ON =
      List.of("medicd.home", "jna.boot.library.path", "jna.nounpack", "org.sqlite.lib.path");

  private final PackCache cache;
  private final PackCache shipped;
  private final Programs programs;
  private final @Nullable Path config;

  /**
   * @param folder of the cache
   * @param shipped a folder with rules that were compiled when medicd was built, only read
   * @param config file that the limits are from; null: the default one
   */
  public CachedCompiler(Path folder, Path shipped, Programs programs, @Nullable Path config) {
    this.cache = new PackCache(folder);
    this.shipped = new PackCache(shipped);
    this.programs = programs;
    this.config = config;
  }

  /** As {@link RulePack#compile}; a compiler that does not work is a problem like any other. */
  public RulePack.Compiled compile(List<Path> folders, Limits limits) {
    try {
      return find(folders, limits);
    } catch (IOException | UnfitPackException e) {
      return new RulePack.Compiled(null, List.of(failed(folders, e)));
    }
  }

  /**
   * The same for a daemon that begins: rather than not watch at all, it compiles by itself. Not for
   * one that runs: rules that are too much for a compiler would be too much for it.
   */
  public RulePack.Compiled compileAtAnyCost(List<Path> folders, Limits limits) {
    try {
      return find(folders, limits);
    } catch (IOException | UnfitPackException e) {
      LOG.log(Level.WARNING, "the rules are compiled in the daemon itself: " + e.getMessage());
      return RulePack.compile(folders, limits);
    }
  }

  /** What is wrong with rules that are not to be run: the other JVM finds it. */
  public List<Problem> problems(List<Path> folders, Limits limits) {
    try {
      String key = PackKey.of(folders, limits);
      Path draft = cache.draft(key);
      try {
        return compiled(key, draft, folders).problems();
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException | UnfitPackException e) {
      return List.of(failed(folders, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(failed(folders, e));
    }
  }

  private static Problem failed(List<Path> folders, Exception e) {
    return new Problem(folders.toString(), 0, "cannot be compiled: " + e.getMessage(), null);
  }

  private RulePack.Compiled find(List<Path> folders, Limits limits)
      throws IOException, UnfitPackException {
    String key = PackKey.of(folders, limits);
    CompiledRules own = cache.find(key);
    CompiledRules kept = own != null ? own : shipped.find(key);
    try {
      return kept != null
          ? new RulePack.Compiled(RulePack.load(kept), List.of())
          : compileBeside(key, folders);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("compiling was interrupted");
    }
  }

  private RulePack.Compiled compileBeside(String key, List<Path> folders)
      throws IOException, UnfitPackException, InterruptedException {
    Path draft = cache.draft(key);
    try {
      PackFile made = compiled(key, draft, folders);
      if (made.compiled() == null) {
        return new RulePack.Compiled(null, made.problems());
      }
      cache.keep(key, draft);
      return new RulePack.Compiled(RulePack.load(made.compiled()), made.problems());
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private PackFile compiled(String key, Path draft, List<Path> folders)
      throws IOException, UnfitPackException, InterruptedException {
    Programs.Result result =
        programs.run(
            command(draft, folders), RunAs.powerless(), here(), Map.of(), DEADLINE, MOST_OUTPUT);
    if (!Files.exists(draft)) {
      String how = result.timedOut() ? "took too long" : "ended with " + result.exitStatus();
      throw new IOException("the compiler " + how + ": " + result.output().strip());
    }
    PackFile made = PackFile.parse(Files.readAllBytes(draft));
    if (!made.key().equals(key)) {
      throw new IOException("the rules or their limits changed while they were compiled");
    }
    return made;
  }

  /** Folders and files may be named from here. */
  private static Path here() {
    return Path.of("").toAbsolutePath();
  }

  private List<String> command(Path draft, List<Path> folders) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(
        List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"));
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
