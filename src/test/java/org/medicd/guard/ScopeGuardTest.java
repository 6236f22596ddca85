package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medicd.config.Selectors;
import org.medicd.fact.UnitId;

class ScopeGuardTest {
  private static String judged(Wish wish, Selectors scope) {
    return wish.judgedBy(new ScopeGuard(scope));
  }

  @Test
  void anEmptyScopeNamesAll() {
    assertThat(judged(Wish.aboutAnybody(), Selectors.NONE)).isEmpty();
  }

  @Test
  void takesAnExecutableByItsPath() {
    Wish wish = Wish.about(50, p -> p.executable("/opt/app/run"));
    assertThat(judged(wish, Wish.processes("/opt/app/run"))).isEmpty();
    assertThat(judged(wish, Wish.processes("/opt/*/run"))).isEmpty();
    assertThat(judged(wish, Wish.processes("/srv/app/run")))
        .isEqualTo("refused by scope: /opt/app/run is not in the configured scope");
  }

  @Test
  void takesAnExecutableByItsName() {
    Wish wish = Wish.about(50, p -> p.executable("/opt/app/run"));
    assertThat(judged(wish, Wish.processes("run"))).isEmpty();
    assertThat(judged(wish, Wish.processes("ru?"))).isEmpty();
    assertThat(judged(wish, Wish.processes("app"))).isNotEmpty();
  }

  @Test
  void takesAUnitByPattern() {
    Wish wish = Wish.about(50, p -> p.unit("web@1.service"));
    assertThat(judged(wish, Wish.units("web@*.service"))).isEmpty();
    assertThat(judged(wish, Wish.units("db@*.service"))).isNotEmpty();
  }

  @Test
  void takesAUserByNameOrNumber() {
    Wish wish = Wish.about(50, p -> p.user(1007, "build"));
    assertThat(judged(wish, Wish.users("build"))).isEmpty();
    assertThat(judged(wish, Wish.users("1007"))).isEmpty();
    assertThat(judged(wish, Wish.users("1008", "builder"))).isNotEmpty();
  }

  @Test
  void aCommDoesNotBringAProcessIntoScope() {
    Wish known = Wish.about(50, p -> p.named("burner").executable("/usr/bin/other"));
    assertThat(judged(known, Wish.processes("burner"))).isNotEmpty();
    Wish unknown = Wish.about(50, p -> p.named("burner").executable(null));
    assertThat(judged(unknown, Wish.processes("burner")))
        .isEqualTo("refused by scope: pid 50 is not in the configured scope");
  }

  @Test
  void eachProcessOfAGroupMustBeInScope() {
    Wish wish = Wish.about(50, p -> p.named("web")).and(51, p -> p.named("db"));
    assertThat(judged(wish, Wish.processes("web"))).contains("/usr/bin/db");
    assertThat(judged(wish, Wish.processes("web", "db"))).isEmpty();
  }

  @Test
  void aSubjectThatIsNoProcessIsInScopeByItsUnitOnly() {
    assertThat(judged(Wish.about(new UnitId("a.service")), Wish.processes("a"))).isNotEmpty();
  }
}
