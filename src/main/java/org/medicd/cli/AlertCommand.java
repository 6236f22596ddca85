package org.medicd.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be done with alerts. */
@Command(name = "alert", description = "Tries the ways by which people are told.")
final class AlertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private AlertCommand() {}

  /** With the commands below it. */
  static CommandSpec of(Surroundings surroundings, Alerting alerting) {
    CommandLine test = new CommandLine(new Test(surroundings, alerting));
    test.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new Medic.HelpOption()));
    return CommandSpec.forAnnotatedObject(new AlertCommand()).addSubcommand("test", test);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing: test");
  }

  /** Sends a test. */
  @Command(
      name = "test",
      description = {
        "Sends a letter that says that it is a test, by one channel of the configuration.",
        "No daemon needs to run; the user must be allowed to read the channel's secrets."
      })
  static final class Test implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Alerting alerting;

    @Parameters(
        paramLabel = "CHANNEL",
        description = "email, slack, or the name of a webhook or command")
    private String channel = "";

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "the configuration (default: /etc/medicd/medicd.yaml)")
    private @Nullable Path config;

    @Option(names = "--show", description = "send nothing, print what would be sent")
    private boolean show;

    Test(Surroundings surroundings, Alerting alerting) {
      this.surroundings = surroundings;
      this.alerting = alerting;
    }

    @Override
    public Integer call() {
      Alerting.Result result = alerting.test(config, channel, show);
      boolean good = result.end() == Alerting.End.WELL;
      result
          .text()
          .lines()
          .map(Escaped::of)
          .forEach(
              line -> {
                if (good) {
                  surroundings.say(line);
                } else {
                  surroundings.err().println("medic: " + line);
                }
              });
      return result.end().status();
    }
  }
}
