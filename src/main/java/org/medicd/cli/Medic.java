package org.medicd.cli;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
    DaemonStarter.Settings daemon = RunArguments.read(arguments);
    return daemon != null
        ? run(surroundings, services, daemon)
        : command(surroundings, services, arguments);
  }

  private static int run(
      Surroundings surroundings, Services services, DaemonStarter.Settings daemon) {
    try {
      return services.starter().run(daemon);
    } catch (IOException e) {
      return complain(surroundings, e);
    } catch (Exception e) {
      e.printStackTrace(surroundings.err());
      surroundings.err().flush();
      return ExitStatus.FOUND;
    }
  }

  private static int command(Surroundings surroundings, Services services, String... arguments) {
    CommandLine medic = new CommandLine(new Medic());
    Map<String, Supplier<Object>> commands = commands(surroundings, services);
    String asked = arguments.length == 0 ? "" : arguments[0];
    // One command is made ready ten times faster than all.
    for (String name : commands.containsKey(asked) ? Set.of(asked) : commands.keySet()) {
      CommandLine line = new CommandLine(Objects.requireNonNull(commands.get(name)).get());
      line.getCommandSpec().addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
      medic.addSubcommand(name, line);
    }
    medic.setOut(surroundings.out());
    medic.setErr(surroundings.err());
    medic.setColorScheme(
        CommandLine.Help.defaultColorScheme(surroundings.colour() ? Ansi.ON : Ansi.OFF));
    medic.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          if (e instanceof IOException || e instanceof JsonParseException) {
            return complain(surroundings, e);
          }
          throw e;
        });
    return medic.execute(arguments);
  }

  /** By their names, in the order in which they are listed. */
  private static Map<String, Supplier<Object>> commands(
      Surroundings surroundings, Services services) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("run", () -> new RunCommand(services.starter()));
    commands.put("status", () -> new StatusCommand(surroundings));
    commands.put("incidents", () -> new IncidentsCommand(surroundings));
    commands.put("show", () -> new ShowCommand(surroundings));
    commands.put("audit", () -> new AuditCommand(surroundings));
    commands.put("why", () -> new WhyCommand(surroundings));
    commands.put("check", () -> new CheckCommand(surroundings, services.checks()));
    commands.put("compile", () -> new CompileCommand(surroundings, services.compiling()));
    commands.put("test", () -> new TestCommand(surroundings, services.trials()));
    commands.put("record", () -> new RecordCommand(surroundings, services.recordings()));
    commands.put("replay", () -> new ReplayCommand(surroundings, services.trials()));
    commands.put("alert", () -> AlertCommand.of(surroundings, services.alerting()));
    commands.put("approve", () -> new ApproveCommand(surroundings));
    commands.put("deny", () -> new DenyCommand(surroundings));
    commands.put("pause", () -> new PauseCommand(surroundings));
    commands.put("resume", () -> new ResumeCommand(surroundings));
    commands.put("silence", () -> new SilenceCommand(surroundings));
    commands.put("unsilence", () -> new UnsilenceCommand(surroundings));
    commands.put("reload", () -> new ReloadCommand(surroundings));
    return commands;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int complain(Surroundings surroundings, Exception e) {
    surroundings.err().println("medic: " + Escaped.of(String.valueOf(e.getMessage())));
    surroundings.err().flush();
    return e instanceof ApiClient.NotPermitted
        ? ExitStatus.NOT_PERMITTED
        : e instanceof ApiClient.Refused
            ? ExitStatus.FOUND
            : ExitStatus.NO_DAEMON; // nothing that could be understood
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
