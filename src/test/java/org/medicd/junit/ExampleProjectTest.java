package org.medicd.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The project in examples/junit: compiled, and its tests run from its own folder. */
class ExampleProjectTest {
  private static final Path PROJECT = Path.of("examples/junit").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path classes;

  /** Runs the tests of a class, in a JVM of its own. */
  static final class Runner {
    public static void main(String[] arguments) throws ClassNotFoundException {
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(Class.forName(arguments[0])))
                  .build(),
              listener);
      System.out.println(
          listener.getSummary().getTestsSucceededCount()
              + " of "
              + listener.getSummary().getTestsFoundCount());
    }
  }

  @Test
  void itsScenariosAreTests() throws Exception {
    Path source = PROJECT.resolve("src/test/java/example/OurRulesTest.java");
    String classPath = System.getProperty("java.class.path");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", classes.toString(), source.toString());
    assertThat(compiled).isZero();

    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-cp", classPath + ":" + classes, Runner.class.getName()));
    command.add("example.OurRulesTest");
    Process run =
        new ProcessBuilder(command)
            .directory(PROJECT.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(run.getInputStream().readAllBytes());
    assertThat(run.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(output).endsWith("3 of 3\n");
  }
}
