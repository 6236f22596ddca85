package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JournalSocketTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("socket");
  }

  private JournalSocket socket() {
    return new JournalSocket(path().toString());
  }

  @Test
  void anEntryIsOneDatagramOfItsFields() throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("MESSAGE", "über");
    fields.put("MEDICD_BECAUSE", "one\ntwo");
    fields.put("PRIORITY", "4");
    try (DatagramReceiver receiver = DatagramReceiver.at(path())) {
      socket().send(fields);
      assertThat(receiver.next())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("MESSAGE=über\nMEDICD_BECAUSE\n\7\0\0\0\0\0\0\0one\ntwo\nPRIORITY=4\n");
    }
  }

  @Test
  void aLongValueIsCutBetweenTwoCharacters() throws Exception {
    try (DatagramReceiver receiver = DatagramReceiver.at(path())) {
      socket().send(Map.of("MESSAGE", "x" + "é".repeat(500_000)));
      String entry = new String(receiver.next(), StandardCharsets.UTF_8);
      assertThat(entry).matches("MESSAGE=xé+\n").hasSizeBetween(4_000, 8_200);
    }
  }

  @Test
  void aJournalThatHangsDelaysNobody() throws Exception {
    JournalSocket socket = socket();
    try (DatagramReceiver deaf = DatagramReceiver.deafAt(path())) {
      long began = System.nanoTime();
      LinuxException full =
          catchThrowableOfType(
              LinuxException.class,
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  socket.send(Map.of("MESSAGE", "line " + i));
                }
              });
      assertThat(full.isNothingYet()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void aHostWithoutAJournalSaysSo() {
    assertThatThrownBy(() -> socket().send(Map.of("MESSAGE", "x")))
        .isInstanceOf(LinuxException.class)
        .hasMessageContaining(path().toString());
  }

  @Test
  void aStreamIsKnownByDeviceAndInode() throws Exception {
    Path file = Files.writeString(folder.resolve("stderr"), "");
    Process stat = new ProcessBuilder("stat", "--format=%d:%i", file.toString()).start();
    String stream = stat.inputReader().readLine();
    assertThat(JournalSocket.isStream(file, stream)).isTrue();
    assertThat(JournalSocket.isStream(file, stream + "0")).isFalse();
    assertThat(JournalSocket.isStream(file, null)).isFalse();
    assertThat(JournalSocket.isStream(folder.resolve("nothing"), stream)).isFalse();
  }
}
