package org.medicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RunArgumentsTest {
  private final List<DaemonStarter.Settings> asked = new ArrayList<>();

  private int asTheCommandReadsThem(String... arguments) {
    CommandLine run =
        new CommandLine(
            new RunCommand(
                settings -> {
                  asked.add(settings);
                  return 0;
                }));
    run.setErr(new java.io.PrintWriter(java.io.Writer.nullWriter()));
    return run.execute(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "run --config /etc/x.yaml",
        "run --mode act --state s --runtime r --cache c",
        "run --rules a --rules b --mode observe",
      })
  void areReadAsTheCommandWould(String line) {
    String[] arguments = line.split(" ");
    assertThat(asTheCommandReadsThem(arguments)).isZero();
    assertThat(RunArguments.read(arguments)).isEqualTo(asked.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --help",
        "run --config",
        "run --config a --config b",
        "run --config --mode",
        "run --mode shadow",
        "run --mode=act",
        "run --colour blue",
        "run spin now",
        "status",
        "status --runtime x"
      })
  void whatIsNotPlainIsLeftToTheCommand(String line) {
    assertThat(RunArguments.read(line.split(" "))).isNull();
  }
}
