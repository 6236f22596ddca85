package org.medicd.config;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExampleConfigurationTest {
  /** A setting that is off: "#" at the start of the line and no single space behind it. */
  private static final Pattern OFF =
      Pattern.compile("(?m)^#(?=[a-z]|  +[-a-z@.]+[a-z: ]*:|    +- )");

  private String text = "";

  @BeforeEach
  void readTheExample() throws IOException {
    text = Files.readString(Path.of("examples/medicd.yaml"));
  }

  @Test
  void isTheDefaultsAsItStands() {
    Parsed parsed = ConfigReader.parse("medicd.yaml", text);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.settings()).isEqualTo(Settings.defaults());
  }

  @Test
  void namesEveryKeyThatTheReaderKnows() {
    Reading reading = new Reading("medicd.yaml");
    ConfigReader.settings(reading, allOn());
    assertThat(withoutNumbers(reading.lines().keySet()))
        .containsAll(withoutNumbers(reading.known()));
    assertThat(reading.known()).hasSizeGreaterThan(70);
  }

  /** Of a list, one item or another has each key: some shut each other out. */
  private static Set<String> withoutNumbers(Set<String> keys) {
    return keys.stream().map(each -> each.replaceAll("\\[[0-9]+\\]", "[]")).collect(toSet());
  }

  @Test
  void isGoodWithEverythingSwitchedOn() {
    Parsed parsed = ConfigReader.parse("medicd.yaml", allOn());
    assertThat(parsed.problems()).isEmpty();
    Alerts alerts = parsed.settings().alerts();
    assertThat(alerts.email()).isNotNull();
    assertThat(alerts.slack()).isNotNull();
    assertThat(alerts.webhooks()).hasSize(2);
    assertThat(alerts.commands()).hasSize(1);
    assertThat(alerts.heartbeat()).isNotNull();
    assertThat(parsed.settings().http()).isNotNull();
  }

  @Test
  void isGoodWhicheverSectionIsSwitchedOnAlone() {
    for (String section : new String[] {"email", "slack", "webhooks", "commands", "heartbeat"}) {
      String alone = text.replace("\n#alerts:", "\nalerts:");
      Pattern block = Pattern.compile("(?m)^#(  " + section + ":.*\n(#    .*\n)+)");
      alone =
          block
              .matcher(alone)
              .replaceFirst(found -> found.group(1).replace("\n#", "\n").replace("$", "\\$"));
      Parsed parsed = ConfigReader.parse("medicd.yaml", alone);
      assertThat(parsed.problems()).as(section).isEmpty();
      assertThat(parsed.lines()).containsKey("alerts." + section);
    }
  }

  private String allOn() {
    return OFF.matcher(text).replaceAll("");
  }
}
