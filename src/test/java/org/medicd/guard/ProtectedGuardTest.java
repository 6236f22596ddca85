package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.config.Selectors;
import org.medicd.fact.ProcState;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Verdict;

class ProtectedGuardTest {
  private static final int SELF = 900;

  private static String judged(Wish wish) {
    return judged(wish, Selectors.NONE);
  }

  private static String judged(Wish wish, Selectors protect) {
    return wish.judgedBy(new ProtectedGuard(protect, SELF));
  }

  @Test
  void hasNothingAgainstAnOrdinaryProcess() {
    assertThat(judged(Wish.aboutAnybody())).isEmpty();
  }

  @Test
  void refusesForGood() {
    Wish wish = Wish.about(1, p -> p.named("init"));
    assertThat(new ProtectedGuard(Selectors.NONE, SELF).judge(wish.intent(), wish.situation()))
        .contains(new Verdict.Refused("protected", "pid 1 is PID 1", true));
  }

  @Test
  void protectsKernelThreads() {
    assertThat(judged(Wish.about(50, p -> p.named("kworker/0:1").executable(null).kernelThread())))
        .endsWith("pid 50 is a kernel thread");
  }

  @Test
  void protectsMedicdItself() {
    assertThat(judged(Wish.about(SELF, p -> p.named("java")))).contains("medicd itself");
  }

  @Test
  void protectsTheAncestorsOfMedicd() {
    Wish wish = Wish.about(50, p -> p.named("supervisor"));
    wish.scene.has(800, p -> p.named("sh").parent(50)).has(SELF, p -> p.parent(800));
    assertThat(judged(wish)).contains("an ancestor of it");
  }

  @Test
  void doesNotFollowParentsInACircle() {
    Wish wish = Wish.about(50, p -> p.named("victim"));
    wish.scene.has(800, p -> p.parent(SELF)).has(SELF, p -> p.parent(800));
    assertThat(judged(wish)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/sbin/sshd",
        "/usr/lib/openssh/sshd-session",
        "/usr/lib/systemd/systemd",
        "/usr/lib/systemd/systemd-journald",
        "/usr/bin/dbus-daemon",
        "/usr/bin/dbus-broker-launch",
        "/usr/bin/dockerd",
        "/usr/bin/containerd-shim-runc-v2",
        "/usr/sbin/runc",
        "/usr/bin/conmon",
        "/usr/bin/kubelet",
        "/usr/bin/apt-get",
        "/usr/bin/dpkg-deb",
        "/usr/bin/dnf5",
        "/usr/bin/rpm",
        "/usr/bin/pacman",
        "/usr/sbin/fsck.ext4",
        "/usr/sbin/mkfs.xfs"
      })
  void protectsTheHostsOwnPrograms(String path) {
    assertThat(judged(Wish.about(50, p -> p.named("x").executable(path))))
        .startsWith("refused by protected: protected out of the box: process ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh.service",
        "ssh@7.service",
        "systemd-logind.service",
        "dbus.service",
        "dbus-broker.service",
        "user@1000.service",
        "getty@tty1.service",
        "docker.service",
        "init.scope"
      })
  void protectsTheHostsOwnUnits(String unit) {
    assertThat(judged(Wish.about(50, p -> p.named("x").unit(unit))))
        .startsWith("refused by protected: protected out of the box: unit ");
  }

  @Test
  void protectsTheLeaderOfATerminalsSession() {
    assertThat(judged(Wish.about(50, p -> p.named("bash").leadsSession())))
        .endsWith("pid 50 is the leader of a terminal's session");
  }

  @Test
  void protectsWhatADebuggerHolds() {
    assertThat(judged(Wish.about(50, p -> p.named("x").state(ProcState.TRACED))))
        .endsWith("pid 50 is traced by a debugger");
  }

  @Test
  void aCommDoesNotBringAProcessIntoProtection() {
    assertThat(judged(Wish.about(50, p -> p.named("sshd").executable("/tmp/miner")))).isEmpty();
  }

  @Test
  void aCommDoesNotTakeAProcessOutOfProtection() {
    Wish wish = Wish.about(50, p -> p.named("worker").executable("/usr/bin/postgres"));
    assertThat(judged(wish, Wish.processes("postgres")))
        .contains("protected by the configuration: process postgres");
  }

  @Test
  void whereTheExecutableIsNotKnownTheCommServes() {
    Wish wish = Wish.about(50, p -> p.named("sshd").executable(null));
    assertThat(judged(wish)).contains("process sshd");
  }

  @Test
  void addsUnitsAndUsersOfTheConfiguration() {
    Wish wish = Wish.about(50, p -> p.named("x").unit("db@1.service").user(33, "www-data"));
    assertThat(judged(wish, Wish.units("db@*.service"))).contains("unit db@*.service");
    assertThat(judged(wish, Wish.users("www-data"))).contains("user www-data");
    assertThat(judged(wish, Wish.users("33"))).contains("user 33");
    assertThat(judged(wish, Wish.users("3"))).isEmpty();
  }

  @Test
  void oneProtectedProcessProtectsItsGroup() {
    Wish wish = Wish.about(50, p -> p.named("web")).and(51, p -> p.named("postgres"));
    assertThat(judged(wish, Wish.processes("postgres"))).contains("pid 51");
  }

  @Test
  void aUnitIsNotRestartedOverTheHeadOfAProtectedProcess() {
    Wish wish = Wish.about(50, p -> p.named("cron").unit("cron.service")).to(Kind.RESTART_UNIT);
    assertThat(judged(wish)).isEmpty();
    wish.scene.has(51, p -> p.named("dpkg").unit("cron.service"));
    assertThat(judged(wish))
        .isEqualTo(
            "refused by protected: pid 51, which cron.service runs, is protected out of the box:"
                + " process dpkg*");
    assertThat(judged(wish.to(Kind.TERM))).isEmpty();
  }

  @Test
  void theUnitThatRunsMedicdIsNotRestarted() {
    Wish wish = Wish.about(50, p -> p.named("x").unit("all.service")).to(Kind.RESTART_UNIT);
    wish.scene.has(SELF, p -> p.named("java").unit("all.service"));
    assertThat(judged(wish)).contains("medicd itself");
  }

  @Test
  void aPoolIsNotShrunkWhileOneOfItsInstancesIsProtected() {
    Wish less = pool("-1");
    assertThat(judged(less, Wish.units("worker@2.service")))
        .endsWith("worker@2.service is protected by the configuration: unit worker@2.service");
    assertThat(judged(less, Wish.units("worker@9.service", "other@1.service"))).isEmpty();
    less.scene.has(52, p -> p.named("dpkg").unit("worker@2.service"));
    assertThat(judged(less)).contains("pid 52, which worker@2.service runs, is protected");
    assertThat(judged(pool("+1"), Wish.units("worker@2.service"))).isEmpty();
  }

  private static Wish pool(String change) {
    Wish wish = Wish.about(new UnitId("worker@.service")).to(new Action(Kind.SCALE_POOL, change));
    wish.scene
        .has(50, p -> p.named("worker").unit("worker@1.service"))
        .has(51, p -> p.named("worker").unit("worker@2.service"))
        .has(60, p -> p.named("other").unit("other@1.service"));
    return wish;
  }
}
