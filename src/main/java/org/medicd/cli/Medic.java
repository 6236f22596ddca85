package org.medicd.cli;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.medicd.api.ApiClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command medic, which is also the daemon. */
@Command(
    name = "medic",
    description = "First aid for this host: watches, diagnoses, treats, tells.",
    mixinStandardHelpOptions = true,
    versionProvider = Medic.Version.class)
public final class Medic implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Medic() {}

  /**
   * Runs one command.
   *
   * @return the exit status
   */
  public static int run(Surroundings surroundings, Services services, String... arguments) {
    CommandLine medic = new CommandLine(new Medic());
    List<Object> commands =
        List.of(
            new RunCommand(services.starter()),
            new StatusCommand(surroundings),
            new IncidentsCommand(surroundings),
            new ShowCommand(surroundings),
            new WhyCommand(surroundings),
            new CheckCommand(surroundings, services.checks()),
            new CompileCommand(surroundings, services.compiling()),
            new TestCommand(surroundings, services.trials()),
            new RecordCommand(surroundings, services.recordings()),
            new ReplayCommand(surroundings, services.trials()),
            new ApproveCommand(surroundings),
            new DenyCommand(surroundings),
            new PauseCommand(surroundings),
            new ResumeCommand(surroundings),
            new ReloadCommand(surroundings));
    for (Object command : commands) {
      CommandLine line = new CommandLine(command);
      line.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
      medic.addSubcommand(line);
    }
    medic.setOut(surroundings.out());
    medic.setErr(surroundings.err());
    medic.setColorScheme(
        CommandLine.Help.defaultColorScheme(surroundings.colour() ? Ansi.ON : Ansi.OFF));
    medic.setExecutionExceptionHandler((e, line, parsed) -> complain(surroundings, e));
    return medic.execute(arguments);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int complain(Surroundings surroundings, Exception e) throws Exception {
    int status;
    if (e instanceof ApiClient.NotPermitted) {
      status = ExitStatus.NOT_PERMITTED;
    } else if (e instanceof ApiClient.Refused) {
      status = ExitStatus.FOUND;
    } else if (e instanceof IOException || e instanceof JsonParseException) {
      status = ExitStatus.NO_DAEMON; // nothing that could be understood
    } else {
      throw e;
    }
    surroundings.err().println("medic: " + Escaped.of(String.valueOf(e.getMessage())));
    surroundings.err().flush();
    return status;
  }

  /** --help of each command. */
  @Command
  static final class HelpOption {
    @CommandLine.Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this help")
    boolean asked;
  }

  /** From the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Medic.class.getPackage().getImplementationVersion();
      return new String[] {"medic " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
