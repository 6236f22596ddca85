package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "0B, 0",
    "512B, 512",
    "64KiB, 65536",
    "256MiB, 268435456",
    "8 GiB, 8589934592",
    "1TiB, 1099511627776",
    "5kB, 5000",
    "5MB, 5000000",
    "2GB, 2000000000",
    "1TB, 1000000000000",
    "9223372036854775807B, 9223372036854775807"
  })
  void readsBinaryAndDecimalUnits(String text, long expected) {
    assertThat(Sizes.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MiB",
        "-1MiB",
        "1.5GiB",
        "9223372036854775808B",
        "8388608TiB",
        "10s",
        "1Gi B"
      })
  void refusesWhatIsNoSize(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sizes.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"256M, 256MiB", "256mib, 256MiB", "1g, 1GiB", "5KB, 5kB", "5mb, 5MB", "42, 42B"})
  void suggestsTheUnitThatWasMeant(String text, String meant) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sizes.parse(text))
        .isInstanceOfSatisfying(
            Unfit.class, unfit -> assertThat(unfit.suggestion()).isEqualTo(meant));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1023, 1024, 1536, 268_435_456, Long.MAX_VALUE})
  void readsBackWhatItWrites(long bytes) {
    assertThat(Sizes.parse(Sizes.format(bytes))).isEqualTo(bytes);
  }

  @Test
  void writesTheLargestBinaryUnitThatFits() {
    assertThat(Sizes.format(256L << 20)).isEqualTo("256MiB");
  }
}
