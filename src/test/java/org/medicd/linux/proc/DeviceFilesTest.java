package org.medicd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.medicd.linux.proc.DiskStats.Disk;
import org.medicd.linux.proc.NetDev.Link;
import org.medicd.linux.proc.TcpTable.Socket;
import org.medicd.linux.proc.TcpTable.State;

class DeviceFilesTest {
  @Test
  void readsDisksOfAllAgesOfKernels() throws Exception {
    Disk sda = new Disk("8:0", "sda", 10, 30 * 512, 40, 50, 70 * 512, 80, 9, 100, 110);
    String old = "   8       0 sda 10 20 30 40 50 60 70 80 9 100 110";
    assertThat(DiskStats.parse(old).disks()).containsExactly(sda);
    assertThat(DiskStats.parse(old + " 120 130 140 150\n").disks()).containsExactly(sda);
    assertThat(DiskStats.parse(old + " 120 130 140 150 160 170\n").disks()).containsExactly(sda);
  }

  @Test
  void aPartitionOfAVeryOldKernelIsLeftOut() throws Exception {
    assertThat(DiskStats.parse("8 1 sda1 10 20 30 40\n").disks()).isEmpty();
  }

  @Test
  void aDiskWithoutAllItsCountersIsRefused() {
    assertThatThrownBy(() -> DiskStats.parse("8 0 sda 10 20 30 40 50 60\n"))
        .isInstanceOf(MalformedKernelFile.class)
        .hasMessage("proc/diskstats: a word is missing in \"8 0 sda 10 20 30 40 50 60\"");
  }

  @Test
  void readsInterfacesWhateverTheirNames() throws Exception {
    String head = "Inter-|   Receive  |  Transmit\n face |bytes    packets |bytes\n";
    String counters = "10 11 12 13 14 15 16 17 20 21 22 23 24 25 26 27\n";
    assertThat(
            NetDev.parse(head + "    lo:" + counters + "eth0:1: " + counters + "-9%x: " + counters)
                .links())
        .containsExactly(
            new Link("lo", 10, 12, 13, 20, 22, 23),
            new Link("eth0:1", 10, 12, 13, 20, 22, 23),
            new Link("-9%x", 10, 12, 13, 20, 22, 23));
    assertThat(NetDev.parse(head).links()).isEmpty();
    assertThatThrownBy(() -> NetDev.parse(head + "lo: 1 2 3\n"))
        .isInstanceOf(MalformedKernelFile.class);
  }

  @Test
  void countersBeyondALongGoOnAsNegativeNumbers() throws Exception {
    Link lo = NetDev.parse("\n\nlo: 18446744073709551615 0 0 0 0 0 0 0 1 0 0 0\n").links().get(0);
    assertThat(lo.rxBytes()).isEqualTo(-1);
  }

  @Test
  void readsTcpSocketsUpToTheLastWholeLine() throws Exception {
    String row = " 0: 0100007F:1F90 0:0 %s 0:FF 00:0 0 1000 0 %d 1 0\n";
    assertThat(
            TcpTable.parse(
                    "sl\n" + row.formatted("0A", 17) + row.formatted("0D", 18) + " 2: 0100007F")
                .sockets())
        .containsExactly(
            new Socket(8080, 17, State.LISTEN, 255), new Socket(8080, 18, State.UNKNOWN, 255));
    assertThatThrownBy(() -> TcpTable.parse("sl\n" + row.formatted("zz", 1)))
        .isInstanceOf(MalformedKernelFile.class);
  }

  @Test
  void readsTheDisksOfThisVeryHost() throws Exception {
    DiskStats.parse(Files.readString(Path.of("/proc/diskstats")));
  }
}
