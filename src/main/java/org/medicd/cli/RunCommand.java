package org.medicd.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Mode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Runs the daemon. */
@Command(name = "run", description = "Run the daemon in the foreground.")
final class RunCommand implements Callable<Integer> {
  static final String STATE = "/var/lib/medicd";

  private final DaemonStarter starter;

  @Mixin private RulesChoice choice = new RulesChoice();

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
    return starter.run(
        new DaemonStarter.Settings(choice.config(), choice.rules(), state, runtime, cache, mode));
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
