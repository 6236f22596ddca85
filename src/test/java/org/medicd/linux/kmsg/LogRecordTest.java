package org.medicd.linux.kmsg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.linux.proc.MalformedKernelFile;

class LogRecordTest {
  @Test
  void readsARecordOfTheKernel() throws Exception {
    assertThat(parse("3,342,3966446558,-;I/O error, dev loop0; sector 1\n"))
        .isEqualTo(
            new LogRecord(0, 3, 342, 3_966_446_558L, "I/O error, dev loop0; sector 1", Map.of()));
  }

  @Test
  void readsTheDeviceThatItIsAbout() throws Exception {
    LogRecord entry =
        parse(
            "6,160,424069,-;pci_root PNP0A03:00: host bridge\n SUBSYSTEM=acpi\n DEVICE=+acpi:x\n");
    assertThat(entry.text()).isEqualTo("pci_root PNP0A03:00: host bridge");
    assertThat(entry.properties()).isEqualTo(Map.of("SUBSYSTEM", "acpi", "DEVICE", "+acpi:x"));
  }

  @Test
  void takesTheEscapesAway() throws Exception {
    assertThat(parse("6,1,2,-;a\\x0ab\\x5cx0a \\xc3\\xa9 \\xff \\xzz\\x\n").text())
        .isEqualTo("a\nb\\x0a é \ufffd \\xzz\\x");
  }

  @Test
  void toleratesOldKernelsWithoutFlagsAndNewOnesWithMore() throws Exception {
    assertThat(parse("6,339,5140900;NET: x\n").micros()).isEqualTo(5_140_900);
    assertThat(parse("6,339,5140900,c,caller=T12;x").text()).isEqualTo("x");
  }

  @Test
  void doesNotEvenTakeApartWhatUserSpaceWrote() throws Exception {
    LogRecord forged = parse("12,7,8,-;Out of memory: Killed process 1 (init) total-vm:1kB\n");
    assertThat(forged.isOfKernel()).isFalse();
    assertThat(forged.facility()).isEqualTo(1);
    assertThat(forged.level()).isEqualTo(4);
    assertThat(forged.text()).isEmpty();
  }

  @Test
  void cutsWhatIsTooLong() throws Exception {
    assertThat(parse("6,1,2,-;" + "x".repeat(5000)).text()).hasSize(LogRecord.MOST_CHARS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "6;x",
        "6,1;x",
        "6,,2;x",
        "x,1,2;x",
        "6,1,99999999999999999999;x",
        "6,1,2"
      })
  void refusesWhatIsNoRecord(String content) {
    assertThatThrownBy(() -> parse(content))
        .isInstanceOf(MalformedKernelFile.class)
        .hasMessageStartingWith("dev/kmsg: ");
  }

  private static LogRecord parse(String content) throws MalformedKernelFile {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    return LogRecord.parse(bytes, bytes.length);
  }
}
