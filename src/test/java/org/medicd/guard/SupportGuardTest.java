package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.config.ActionSettings;
import org.medicd.config.PoolBounds;
import org.medicd.config.Settings;
import org.medicd.config.Vacuum;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.HostId;
import org.medicd.fact.ProcState;
import org.medicd.fact.Unit;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Verdict;

class SupportGuardTest {
  private static final FilesystemId DISK = new FilesystemId("/data", "/dev/sdb");

  private static final ActionSettings NOTHING = Settings.defaults().actions();

  private static String judged(Wish wish) {
    return wish.judgedBy(new SupportGuard(NOTHING));
  }

  private static ActionSettings with(Vacuum vacuum, PoolBounds... pools) {
    return new ActionSettings(vacuum, NOTHING.exec(), List.of(pools));
  }

  @Test
  void onlyAPoolOfTheConfigurationIsScaled() {
    PoolBounds pool = new PoolBounds("worker@.service", 2, 10, null, null);
    SupportGuard guard = new SupportGuard(with(NOTHING.vacuum(), pool));
    Wish known = Wish.about(new UnitId("worker@.service")).to(Kind.SCALE_POOL);
    assertThat(known.judgedBy(guard)).isEmpty();
    assertThat(judged(known)).endsWith("no such pool (pools): unit worker@.service");
  }

  private static Unit unit(String name, String type, boolean sendSigkill) {
    Duration stop = Duration.ofSeconds(5);
    return new Unit(name, "active", "", "success", type, 50, "id", stop, sendSigkill, 0);
  }

  @Test
  void noUnitNoRestart() {
    Wish wish = Wish.aboutAnybody().to(Kind.RESTART_UNIT);
    assertThat(new SupportGuard(NOTHING).judge(wish.intent(), wish.situation()))
        .contains(new Verdict.Refused("supported", "the subject belongs to no unit", true));
  }

  @Test
  void aScopeCannotBeRestarted() {
    assertThat(judged(Wish.about(50, p -> p.unit("session-3.scope")).to(Kind.RESTART_UNIT)))
        .endsWith("session-3.scope is not a service");
  }

  @Test
  void aOneshotIsNotRestarted() {
    Wish wish = Wish.about(50, p -> p.unit("backup.service")).to(Kind.RESTART_UNIT);
    wish.scene.unit(unit("backup.service", "oneshot", true));
    assertThat(judged(wish)).endsWith("backup.service is a oneshot service");
  }

  @Test
  void aUnitThatSystemdDoesNotHaveIsNotRestarted() {
    Wish wish = Wish.about(50, p -> p.unit("job.service")).to(Kind.RESTART_UNIT);
    wish.scene.unit(Unit.missing("job.service"));
    assertThat(judged(wish)).endsWith("systemd has no job.service (any more)");
  }

  @Test
  void aServiceIsRestarted() {
    Wish wish = Wish.about(50, p -> p.unit("web.service")).to(Kind.RESTART_UNIT);
    wish.scene.unit(unit("web.service", "notify", true));
    assertThat(judged(wish)).isEmpty();
  }

  @Test
  void aZombieIsNotSignalled() {
    assertThat(judged(Wish.about(50, p -> p.state(ProcState.ZOMBIE))))
        .endsWith("pid 50 is a zombie: no signal reaches it");
  }

  @Test
  void aBlockedProcessIsNotSignalled() {
    assertThat(judged(Wish.about(50, p -> p.blocked(30, DISK)))).contains("is in D state");
  }

  @Test
  void aGlimpseOfDStateDoesNotCount() {
    assertThat(judged(Wish.about(50, p -> p.blocked(0.2, DISK)))).isEmpty();
  }

  @Test
  void aGroupIsSignalledForThoseThatCanHear() {
    Wish wish = Wish.about(50, p -> p.state(ProcState.ZOMBIE));
    assertThat(judged(wish.and(51, p -> p.named("alive")))).isEmpty();
  }

  @Test
  void whatIsBlockedMayStillBeCaptured() {
    assertThat(judged(Wish.about(50, p -> p.blocked(30, DISK)).to(Kind.CAPTURE))).isEmpty();
  }

  @Test
  void respectsSendSigkillNo() {
    Wish wish = Wish.about(50, p -> p.unit("db.service")).to(Kind.KILL);
    wish.scene.unit(unit("db.service", "simple", false));
    assertThat(judged(wish)).endsWith("db.service has SendSIGKILL=no");
    assertThat(judged(wish.to(Kind.TERM))).isEmpty();
  }

  @Test
  void nothingIsRemovedThatTheConfigurationDoesNotName() {
    assertThat(judged(Wish.about(DISK).to(Kind.VACUUM)))
        .endsWith("the configuration names nothing that may go (vacuum)");
    assertThat(
            Wish.about(DISK)
                .to(Kind.VACUUM)
                .judgedBy(new SupportGuard(with(new Vacuum(1L << 20, false, List.of())))))
        .isEmpty();
  }

  @Test
  void onlyAFileSystemIsRemounted() {
    assertThat(judged(Wish.about(new HostId()).to(Kind.REMOUNT))).contains("no file system");
    assertThat(judged(Wish.about(DISK).to(Kind.REMOUNT))).isEmpty();
  }

  @Test
  void aHostCannotBeSignalled() {
    assertThat(judged(Wish.about(new HostId())))
        .endsWith("there is no process to signal: the subject is the host");
  }
}
