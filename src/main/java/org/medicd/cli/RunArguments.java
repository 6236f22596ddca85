package org.medicd.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Mode;
import picocli.CommandLine.TypeConversionException;

/**
 * The arguments of run, read by hand: loading what reads all other command lines would take a fifth
 * of a daemon's start. Whatever is not plain pairs of names and values is left to that.
 */
final class RunArguments {
  private final List<Path> rules = new ArrayList<>();
  private final Set<String> given = new HashSet<>();
  private @Nullable Path config;
  private Path state = Path.of(RunCommand.STATE);
  private Path runtime = Path.of(RuntimeFolder.DEFAULT);
  private @Nullable Path cache;
  private @Nullable Mode mode;

  private RunArguments() {}

  /**
   * What they say; null where {@link RunCommand} is to read them, and to complain.
   *
   * @param arguments from the command's name on
   */
  static DaemonStarter.@Nullable Settings read(String... arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals("run")) {
      return null;
    }
    RunArguments read = new RunArguments();
    for (int i = 1; i < arguments.length; i += 2) {
      if (!read.take(arguments[i], arguments[i + 1])) {
        return null;
      }
    }
    return new DaemonStarter.Settings(
        read.config, read.rules, read.state, read.runtime, read.cache, read.mode);
  }

  private boolean take(String name, String value) {
    boolean plain = !value.isEmpty() && !value.startsWith("-") && !value.startsWith("@");
    boolean fits = name.equals("--rules") || given.add(name);
    if (!plain || !fits) {
      return false;
    }
    try {
      switch (name) {
        case "--config" -> config = Path.of(value);
        case "--rules" -> rules.add(Path.of(value));
        case "--state" -> state = Path.of(value);
        case "--runtime" -> runtime = Path.of(value);
        case "--cache" -> cache = Path.of(value);
        case "--mode" -> mode = new RunCommand.ModeName().convert(value);
        default -> {
          return false;
        }
      }
      return true;
    } catch (InvalidPathException | TypeConversionException e) {
      return false;
    }
  }
}
