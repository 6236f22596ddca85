package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitPathTest {
  @ParameterizedTest
  @CsvSource({
    "nginx.service, nginx_2eservice",
    "getty@tty1.service, getty_40tty1_2eservice",
    "1a.service, _31a_2eservice",
    "a\\x2db.mount, a_5cx2db_2emount",
    "a_b-c.service, a_5fb_2dc_2eservice"
  })
  void namesUnitsAsSystemdDoes(String name, String label) {
    assertThat(UnitPath.of(name)).isEqualTo("/org/freedesktop/systemd1/unit/" + label);
    assertThat(UnitPath.name("/org/freedesktop/systemd1/unit/" + label)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/org/freedesktop/systemd1/unit", "/org/freedesktop/systemd1/job/7"})
  void isNoUnitElsewhere(String path) {
    assertThat(UnitPath.name(path)).isNull();
  }

  @Test
  void takesALoneUnderscoreAsItIs() {
    assertThat(UnitPath.name("/org/freedesktop/systemd1/unit/a_zz_2")).isEqualTo("a_zz_2");
  }
}
