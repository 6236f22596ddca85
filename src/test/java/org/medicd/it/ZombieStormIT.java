package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.RunningDaemon.done;
import static org.medicd.it.RunningDaemon.inState;
import static org.medicd.it.RunningDaemon.rungs;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.lab.NeedsRoot;

/** Parents that do not reap, under the shipped rules. */
@Tag("once")
class ZombieStormIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Children that end at once, before anybody listens. */
  private static final String FORKS =
      """
      import os, signal, time
      for i in range(%d):
          child = os.fork()
          if child == 0: os._exit(0)
          os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
      """;

  private static final String REAPS_WHEN_REMINDED =
      FORKS.formatted(1500)
          + """
          def reap(number, frame):
              try:
                  while os.waitpid(-1, os.WNOHANG)[0] != 0: pass
              except ChildProcessError: pass
          signal.signal(signal.SIGCHLD, reap)
          while True: time.sleep(1)
          """;

  private static final String NEVER_REAPS = FORKS.formatted(150) + "while True: time.sleep(1)\n";

  /** Starts a program and reaps whatever it leaves, so that nothing is left to this machine. */
  private static final List<String> REAPER =
      List.of(
          "/usr/bin/python3",
          "-c",
          """
          import ctypes, os, sys
          PR_SET_CHILD_SUBREAPER = 36
          ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
          if os.fork() == 0: os.execv(sys.argv[1], sys.argv[1:])
          while True:
              try: os.wait()
              except ChildProcessError: break
          """);

  @TempDir Path folder;

  @Test
  void remindsTheParentEndsOneThatDoesNotListenAndSparesAProtectedOne() throws Exception {
    Path listening = TestProcess.python(folder, "listening");
    Path deaf = TestProcess.python(folder, "deaf");
    Path dear = TestProcess.python(folder, "dear");
    String yaml =
        """
        mode: act
        tick: 250ms
        scope: { processes: [%s, %s, %s] }
        protect: { processes: [%s] }
        limits:
          zombie-storm: { zombies: 100, for: 1s }
        """
            .formatted(listening, deaf, dear, dear);
    try (TestProcess reminded = TestProcess.run(listening, REAPS_WHEN_REMINDED);
        TestProcess spared = TestProcess.run(REAPER, dear, NEVER_REAPS);
        TestProcess ended = TestProcess.run(REAPER, deaf, NEVER_REAPS);
        RunningDaemon daemon =
            startOnceAllForked(yaml, reminded.pid(), spared.child(), ended.child())) {
      long parent = ended.child();
      long protectedParent = spared.child();

      JsonObject reaped =
          daemon.awaitIncident("zombie-storm", reminded.pid(), LONG, inState("recovered"));
      assertThat(rungs(reaped)).containsExactly("capture allowed done", "sigchld allowed done");
      assertThat(TestProcess.zombies(reminded.pid())).isZero();
      assertThat(reminded.lives()).isTrue();

      await().atMost(LONG).until(() -> TestProcess.state(parent) == 'X');
      assertThat(ended.exitStatus(Duration.ofSeconds(10), daemon)).isZero();
      JsonObject termed = daemon.awaitIncident("zombie-storm", parent, LONG, inState("recovered"));
      assertThat(done(termed)).containsExactly("capture", "sigchld", "term");

      JsonObject told =
          daemon.awaitIncident("zombie-storm", protectedParent, LONG, inState("exhausted"));
      assertThat(rungs(told))
          .containsExactly(
              "capture refused by protected",
              "sigchld refused by protected",
              "restart-unit refused by protected",
              "term refused by protected",
              "page allowed done");
      assertThat(TestProcess.zombies(protectedParent)).isEqualTo(150);
    }
  }

  /** A reminder that came before its parent listens would be lost. */
  private RunningDaemon startOnceAllForked(String yaml, long many, long... few) throws IOException {
    await().atMost(LONG).until(() -> TestProcess.zombies(many) == 1500);
    for (long parent : few) {
      await().atMost(LONG).until(() -> TestProcess.zombies(parent) == 150);
    }
    return RunningDaemon.start(folder, yaml);
  }

  /** PID 1 of a namespace of its own starts the daemon, and 150 children that it never reaps. */
  @Test
  @NeedsRoot
  void onlyTellsOfAnInitThatDoesNotReap() throws Exception {
    Path init = TestProcess.python(folder, "init");
    String yaml =
        """
        mode: act
        tick: 250ms
        limits:
          zombie-storm: { zombies: 100, for: 1s }
        """;
    String script =
        """
        import sys
        if os.fork() == 0: os.execv(sys.argv[1], sys.argv[1:])
        while True: time.sleep(1)
        """;
    try (RunningDaemon daemon =
        RunningDaemon.start(
            folder,
            yaml,
            "env",
            "PYTHONHOME=/usr",
            "unshare",
            "--pid",
            "--fork",
            "--mount-proc",
            "--kill-child",
            init.toString(),
            "-c",
            FORKS.formatted(150) + script)) {
      JsonObject told = daemon.awaitIncident("zombie-storm", 1, LONG, inState("exhausted"));
      assertThat(rungs(told))
          .containsExactly(
              "capture refused by protected",
              "sigchld refused by protected",
              "restart-unit refused by protected",
              "term refused by protected",
              "page allowed done");
      long insideInit =
          ProcessHandle.of(daemon.pid()).orElseThrow().children().findFirst().orElseThrow().pid();
      assertThat(TestProcess.zombies(insideInit)).isEqualTo(150);
    }
  }
}
