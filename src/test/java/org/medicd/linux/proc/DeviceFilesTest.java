package org.medicd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteOrder;
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
  void readsAddressesAndWhatWaits() throws Exception {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "words are those of the CPU");
    String tcp =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
           0: 0100007F:1F90 00000000:0000 0A 00000080:00000005 00:00000000 00000000  1000 0 17 1
           1: 0A00000A:C350 0100000A:01BB 01 0000000C:00000000 02:000005FA 00000000  1000 0 18 2
           2: 0A00000A:C350 010""";
    String tcp6 =
        "sl\n 0: 00000000000000000000000001000000:0050 B80D0120000000000000000001000000:C350"
            + " 08 0:1 00:0 0 0 0 19\n";

    assertThat(InetTable.parse(tcp).sockets())
        .containsExactly(
            new InetTable.Socket(17, "127.0.0.1:8080", "0.0.0.0:0", State.LISTEN, 128, 5),
            new InetTable.Socket(18, "10.0.0.10:50000", "10.0.0.1:443", State.ESTABLISHED, 12, 0));
    assertThat(InetTable.parse(tcp6).sockets())
        .containsExactly(
            new InetTable.Socket(
                19,
                "[0:0:0:0:0:0:0:1]:80",
                "[2001:db8:0:0:0:0:0:1]:50000",
                State.CLOSE_WAIT,
                0,
                1));
  }

  @Test
  void tellsOnWhichDeviceAnOpenFileLies() {
    MountDevices mounts =
        MountDevices.parse("22 1 8:1 / / rw - ext4 a rw\n23 22 0:5 / /x rw - nfs b rw\nodd\n");

    assertThat(mounts.ofFile("pos:\t0\nflags:\t0100001\nmnt_id:\t23\n")).isEqualTo("0:5");
    assertThat(mounts.ofFile("pos:\t0\nmnt_id:\t99\n")).isNull();
    assertThat(mounts.ofFile("pos:\t0\n")).isNull();
    assertThat(MountDevices.isWritable("flags:\t0100001\n")).isTrue();
    assertThat(MountDevices.isWritable("flags:\t02100002\n")).isTrue();
    assertThat(MountDevices.isWritable("flags:\t0100000\n")).isFalse();
  }

  @Test
  void readsUnixSocketsByTheirState() {
    String unix =
        """
        Num       RefCount Protocol Flags    Type St Inode Path
        0000000000000000: 00000002 00000000 00010000 0001 01 17 /run/a b.sock
        0000000000000000: 00000003 00000000 00000000 0002 03 18
        0000000000000000: 00000003 00000000 00000000 0005 01 19 @abstract
        and the rest of a path
        """;

    assertThat(UnixTable.parse(unix).sockets())
        .containsExactly(
            new UnixTable.Socket(17, "stream", "listening", "/run/a b.sock"),
            new UnixTable.Socket(18, "dgram", "connected", ""),
            new UnixTable.Socket(19, "seqpacket", "unconnected", "@abstract"));
  }

  @Test
  void readsTheDisksOfThisVeryHost() throws Exception {
    DiskStats.parse(Files.readString(Path.of("/proc/diskstats")));
  }
}
