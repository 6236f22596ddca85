package org.medicd.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.medicd.linux.netlink.ProcessEvent.Executed;
import org.medicd.linux.netlink.ProcessEvent.Exited;
import org.medicd.linux.netlink.ProcessEvent.Forked;
import org.medicd.linux.netlink.ProcessEvent.Renamed;

class ConnectorMessageTest {
  private static @Nullable ProcessEvent parse(ByteBuffer message) {
    return ConnectorMessage.parse(message, 0, message.capacity());
  }

  @Test
  void readsBirths() {
    assertThat(parse(Messages.of(Messages.FORK, 9, 11, 10, 20, 20)))
        .isEqualTo(new Forked(20, 10, 9));
  }

  @Test
  void readsNewPrograms() {
    assertThat(parse(Messages.of(Messages.EXEC, 9, 20, 20))).isEqualTo(new Executed(20, 9));
  }

  @Test
  void readsEnds() {
    assertThat(parse(Messages.of(Messages.EXIT, 9, 20, 20, 3 << 8, 17)))
        .isEqualTo(new Exited(20, 3, 0, 9));
    assertThat(parse(Messages.of(Messages.EXIT, 9, 20, 20, 11 | 0x80, 17)))
        .isEqualTo(new Exited(20, 0, 11, 9));
  }

  @Test
  void readsNewNames() {
    assertThat(parse(Messages.of(Messages.COMM, 9, 20, 20))).isEqualTo(new Renamed(20, 9));
  }

  @Test
  void leavesThreadsAndOtherEventsAlone() {
    assertThat(parse(Messages.of(Messages.FORK, 9, 10, 10, 21, 20))).isNull();
    assertThat(parse(Messages.of(Messages.EXIT, 9, 21, 20, 0, 0))).isNull();
    assertThat(parse(Messages.of(Messages.COMM, 9, 21, 20))).isNull();
    assertThat(parse(Messages.of(Messages.UID, 9, 20, 20))).isNull();
  }

  @Test
  void readsTheAnswerToItsOwnRequestOnly() {
    ByteBuffer answer = Messages.of(0, 9, 22);
    assertThat(ConnectorMessage.answer(answer, 0, 76, 42)).isEqualTo(22);
    assertThat(ConnectorMessage.answer(answer, 0, 76, 43)).isNull();
    assertThat(parse(answer)).isNull();
  }

  @Test
  void readsWhatIsCutOffOrChangedWithoutFail() {
    Random random = new Random(20_260_101);
    byte[] whole = Messages.of(Messages.EXIT, 9, 20, 20, 3 << 8, 17).array();
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = Arrays.copyOf(whole, 128);
      changed[random.nextInt(76)] = (byte) random.nextInt(256);
      ByteBuffer message = ByteBuffer.wrap(changed).order(ByteOrder.nativeOrder());
      int length = random.nextInt(100);
      ProcessEvent event = ConnectorMessage.parse(message, 0, length);
      assertThat(event == null || length >= 60).isTrue();
    }
  }

  @Test
  void asksInTheFormOfOldKernels() {
    byte[] request = ConnectorMessage.request(1, 7);
    assertThat(request).hasSize(40);
    ByteBuffer read = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
    assertThat(read.getInt(0)).isEqualTo(40);
    assertThat(read.getInt(28)).isEqualTo(7);
    assertThat(read.getShort(32)).isEqualTo((short) 4);
    assertThat(read.getInt(36)).isEqualTo(1);
  }
}
