package org.medicd.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkAttributesTest {
  @Test
  void readsALinkThatIsUp() {
    assertThat(LinkAttributes.parse("up\n", "1\n", "1000\n", "1500\n"))
        .isEqualTo(new LinkAttributes(true, true, 125_000_000L, 1500L));
  }

  @Test
  void whatIsDownDoesNotTellItsCarrierAndSpeed() {
    assertThat(LinkAttributes.parse("down\n", null, null, "1500\n"))
        .isEqualTo(new LinkAttributes(false, null, null, 1500L));
  }

  @Test
  void withoutACarrierItIsNotUp() {
    assertThat(LinkAttributes.parse("lowerlayerdown\n", "0\n", "-1\n", "1500\n"))
        .isEqualTo(new LinkAttributes(false, false, null, 1500L));
  }

  @Test
  void anUnknownStateWithACarrierIsUp() {
    assertThat(LinkAttributes.parse("unknown\n", "1\n", null, "65536\n").up()).isTrue();
  }

  @Test
  void aSpeedThatIsNoneIsUnknown() {
    for (String none : new String[] {"-1\n", "0\n", "4294967295\n", "", "fast\n"}) {
      assertThat(LinkAttributes.parse("up", "1", none, null).speedBytesPerSecond()).isNull();
    }
  }

  @Test
  void whatCannotBeReadIsUnknown() {
    assertThat(LinkAttributes.parse(null, null, null, null)).isEqualTo(LinkAttributes.UNKNOWN);
  }
}
