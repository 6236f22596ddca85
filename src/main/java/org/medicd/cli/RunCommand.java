package org.medicd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Runs the daemon. */
@Command(name = "run", description = "Run the daemon in the foreground.")
final class RunCommand implements Callable<Integer> {
  static final String STATE = "/var/lib/medicd";

  private final DaemonStarter starter;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration (default: /etc/medicd/medicd.yaml)")
  private @Nullable Path config;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "a folder of rules in place of the configured ones; may be repeated")
  private List<Path> rules = new ArrayList<>();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = STATE,
      description = "where incidents are kept (default: ${DEFAULT-VALUE})")
  private Path state = Path.of(STATE);

  @Option(
      names = "--runtime",
      paramLabel = "DIR",
      defaultValue = RuntimeFolder.DEFAULT,
      description = "where the socket and the journal are (default: ${DEFAULT-VALUE})")
  private Path runtime = Path.of(RuntimeFolder.DEFAULT);

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "where compiled rules are kept (default: /var/cache/medicd; with another --state, below"
              + " that)")
  private @Nullable Path cache;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = ModeName.class,
      description = "observe, approve or act; wins over the configuration")
  private @Nullable Mode mode;

  RunCommand(DaemonStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws Exception {
    return starter.run(new DaemonStarter.Settings(config, rules, state, runtime, cache, mode));
  }

  /** Shadow is for single rules, not for a daemon. */
  static final class ModeName implements ITypeConverter<Mode> {
    @Override
    public Mode convert(String name) {
      return switch (name) {
        case "observe" -> Mode.OBSERVE;
        case "approve" -> Mode.APPROVE;
        case "act" -> Mode.ACT;
        default ->
            throw new TypeConversionException(
                "'" + name + "' is no mode: say observe, approve or act");
      };
    }
  }
}
