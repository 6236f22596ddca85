package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path folder;

  private Path secret(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private Parsed parsed(Path secret) {
    return ConfigReader.parse("f", "http:\n  listen: 127.0.0.1:0\n  token-file: " + secret);
  }

  @Test
  void readsOneLineWithoutItsEnd() throws IOException {
    assertThat(Secrets.read(secret("pass word\n", "rw-------"))).isEqualTo("pass word");
  }

  @Test
  void refusesTwoLinesAndNothingWithoutTellingWhatIsInThem() throws IOException {
    Path two = secret("one\ntwo\n", "rw-------");
    assertThatIOException()
        .isThrownBy(() -> Secrets.read(two))
        .withMessage(two + " must hold a single line of at most 4096 bytes");
    Path empty = secret(" \n", "rw-------");
    assertThatIOException().isThrownBy(() -> Secrets.read(empty)).withMessageEndingWith("is empty");
  }

  @Test
  void aNameWithoutAFolderIsACredentialOfSystemd() {
    Path name = Path.of("slack.token");
    assertThat(Secrets.resolve(name, "/run/credentials/medicd.service"))
        .isEqualTo(Path.of("/run/credentials/medicd.service/slack.token"));
    assertThat(Secrets.resolve(name, null)).isNull();
    assertThatIOException()
        .isThrownBy(() -> Secrets.read(name))
        .withMessage(
            "slack.token is a credential, and systemd handed none over:"
                + " the unit needs LoadCredential=slack.token");
  }

  @Test
  void findsNothingWrongWithAFileForItsOwner() throws IOException {
    assertThat(parsed(secret("token\n", "rw-r-----")).checkSecrets()).isEmpty();
  }

  @Test
  void findsASecretThatEverybodyMayRead() throws IOException {
    Path open = secret("token\n", "rw-r--r--");
    assertThat(parsed(open).checkSecrets())
        .extracting(Problem::toString)
        .containsExactly(
            "f:3: http.token-file: " + open + " is open to every user: chmod o= " + open);
  }

  @Test
  void findsAnAddressThatIsNone() throws IOException {
    for (String hook : List.of("hooks.example/s3cret", "https:///s3cret", "https://x/s3 cret")) {
      Path bad = secret(hook, "rw-------");
      String yaml = "alerts: { webhooks: [ { name: a, url-file: %s } ] }".formatted(bad);
      assertThat(ConfigReader.parse("f", yaml).checkSecrets())
          .extracting(Problem::toString)
          .containsExactly(
              "f:1: alerts.webhooks[0].url-file: " + bad + " holds no address as https://…");
    }
    Path good = secret("https://hooks.example/s3cret\n", "rw-------");
    String yaml = "alerts: { heartbeat: { url-file: %s } }".formatted(good);
    assertThat(ConfigReader.parse("f", yaml).checkSecrets()).isEmpty();
  }

  @Test
  void findsASecretThatIsNotThere() {
    Path gone = folder.resolve("gone");
    assertThat(parsed(gone).checkSecrets())
        .extracting(Problem::toString)
        .containsExactly("f:3: http.token-file: " + gone + " does not exist");
  }
}
