package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.config.ConfigReader;
import org.medicd.config.Settings;
import org.medicd.linux.AdminPrograms;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;
import org.medicd.notify.Channel;

class ChannelsTest {
  private static final String YAML =
      """
      alerts:
        email: { host: %s, to: [ops@example.org] }
        commands:
          - { name: siren, program: siren }
          - { name: bell, program: %s }
        remind: %s
      """;

  private final Channels channels =
      new Channels(
          new AdminPrograms(new Programs(TrustedPrograms.ofThisHost())),
          () -> Settings.defaults().actions().exec(),
          new FrontDesk(() -> null, "web-1"),
          () -> IncidentAt.OPENED);

  private List<Channel> of(String host, String program, String remind) {
    return channels.of(
        ConfigReader.parse("test", YAML.formatted(host, program, remind)).settings().alerts());
  }

  @Test
  void onlyOneWhoseSettingsChangedIsAnother() {
    List<Channel> first = of("mx1.example.org", "bell", "4h");
    assertThat(first).extracting(Channel::name).containsExactly("email", "siren", "bell");
    List<Channel> second = of("mx1.example.org", "bell", "1h");
    for (int i = 0; i < 3; i++) {
      assertThat(second.get(i)).isSameAs(first.get(i));
    }
    List<Channel> third = of("mx2.example.org", "gong", "1h");
    assertThat(third.get(0)).isNotSameAs(first.get(0));
    assertThat(third.get(1)).isSameAs(first.get(1));
    assertThat(third.get(2)).isNotSameAs(first.get(2));
  }
}
