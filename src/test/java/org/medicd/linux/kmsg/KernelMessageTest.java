package org.medicd.linux.kmsg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.medicd.fact.KernelEventKind.*;

import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.fact.KernelEventKind;

/** Texts as kernels from 3.10 to 6.18 print them. */
class KernelMessageTest {
  private static final String SEGFAULT_TAIL =
      " at 0 ip 0000000000401136 sp 00007ffd6c5ac2f0 error 6 in ";

  private static Arguments process(KernelEventKind kind, int pid, String comm, String text) {
    return Arguments.of(KernelMessage.ofProcess(kind, pid, comm), text);
  }

  private static Arguments device(KernelEventKind kind, String device, String text) {
    return Arguments.of(KernelMessage.ofDevice(kind, device), text);
  }

  private static Arguments server(KernelEventKind kind, String server, String text) {
    return Arguments.of(KernelMessage.ofServer(kind, server), text);
  }

  private static Arguments plain(KernelEventKind kind, String text) {
    return Arguments.of(KernelMessage.of(kind), text);
  }

  static Stream<Arguments> known() {
    return Stream.of(
        process(
            CGROUP_OOM_KILL,
            4711,
            "python3",
            "Memory cgroup out of memory: Killed process 4711 (python3) total-vm:143224kB,"
                + " anon-rss:63232kB, file-rss:5888kB, shmem-rss:0kB, UID:0 pgtables:180kB"
                + " oom_score_adj:0"),
        process(
            CGROUP_OOM_KILL,
            12,
            "a) total-vm:1kB",
            "Memory cgroup out of memory: Kill process 12 (a) total-vm:1kB) score 999 or sacrifice"
                + " child"),
        process(
            OOM_KILL,
            99,
            "x) score 1 (y",
            "Out of memory: Killed process 99 (x) score 1 (y) total-vm:1kB, anon-rss:0kB"),
        process(
            OOM_KILL,
            99,
            "java",
            "Out of memory (oom_kill_allocating_task): Killed process 99 (java) total-vm:1kB"),
        process(
            OOM_KILL, 8, "java", "Out of memory: Kill process 8 (java) score 5 or sacrifice child"),
        process(
            HUNG_TASK,
            733,
            "jbd2/sda1-8",
            "INFO: task jbd2/sda1-8:733 blocked for more than 120 seconds."),
        process(
            HUNG_TASK, 5, "a:b", "INFO: task a:b:5 blocked in I/O wait for more than 122 seconds."),
        process(
            SOFT_LOCKUP,
            321,
            "x:y]",
            "watchdog: BUG: soft lockup - CPU#3 stuck for 22s! [x:y]:321]"),
        process(SOFT_LOCKUP, 3, "z", "BUG: soft lockup - CPU#0 stuck for 67s! [z:3]"),
        plain(HARD_LOCKUP, "NMI watchdog: Watchdog detected hard LOCKUP on cpu 1"),
        plain(HARD_LOCKUP, "watchdog: CPU1: Watchdog detected hard LOCKUP on cpu 1"),
        plain(RCU_STALL, "rcu: INFO: rcu_preempt self-detected stall on CPU"),
        plain(RCU_STALL, "INFO: rcu_sched detected stalls on CPUs/tasks: { 3} (detected by 0)"),
        plain(
            RCU_STALL,
            "rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 0-... } 3 jiffies"),
        plain(KERNEL_BUG, "BUG: kernel NULL pointer dereference, address: 0000000000000010"),
        plain(KERNEL_BUG, "BUG: unable to handle page fault for address: ffff8880"),
        plain(KERNEL_BUG, "kernel BUG at fs/ext4/inode.c:2721!"),
        device(
            IO_ERROR,
            "loop0",
            "I/O error, dev loop0, sector 0 op 0x0:(READ) flags 0x800 phys_seg 1"),
        device(
            IO_ERROR, "sda", "blk_update_request: I/O error, dev sda, sector 2048 op 0x1:(WRITE)"),
        device(IO_ERROR, "sdb", "end_request: I/O error, dev sdb, sector 1"),
        device(IO_ERROR, "nvme0n1", "critical medium error, dev nvme0n1, sector 7 op 0x0:(READ)"),
        device(
            IO_ERROR,
            "loop0",
            "critical space allocation error, dev loop0, sector 8192 op 0x1:(WRITE) flags 0x8800"),
        device(
            IO_ERROR,
            "cciss!c0d0",
            "print_req_error: critical target error, dev cciss!c0d0, sector 9"),
        device(IO_ERROR, "dm-3", "Buffer I/O error on dev dm-3, logical block 5, async page read"),
        device(IO_ERROR, "sda1", "Buffer I/O error on device sda1, logical block 12"),
        device(FILESYSTEM_READ_ONLY, "sda1", "EXT4-fs (sda1): Remounting filesystem read-only"),
        device(
            FILESYSTEM_ERROR,
            "dm-0",
            "EXT4-fs error (device dm-0): ext4_lookup:1855: inode #2: comm ls: iget: checksum invalid"),
        device(
            FILESYSTEM_ERROR, "sda1", "EXT4-fs error (device sda1) in ext4_reserve_inode_write:5:"),
        device(FILESYSTEM_ERROR, "loop0", "Aborting journal on device loop0-8."),
        device(
            FILESYSTEM_ERROR,
            "sdb1",
            "XFS (sdb1): Metadata corruption detected at xfs_agf_read_verify+0x5f [xfs], xfs_agf"),
        device(
            FILESYSTEM_SHUTDOWN,
            "sdb1",
            "XFS (sdb1): Corruption of in-memory data (0x8) detected at xfs_defer_finish+0x1ef [xfs]"
                + " (fs/xfs/libxfs/xfs_defer.c:504).  Shutting down filesystem."),
        device(
            FILESYSTEM_SHUTDOWN,
            "dm-1",
            "XFS (dm-1): Filesystem has been shut down due to log error (0x2)."),
        device(FILESYSTEM_READ_ONLY, "vdb", "BTRFS info (device vdb state E): forced readonly"),
        device(
            FILESYSTEM_ERROR,
            "vdb",
            "BTRFS: error (device vdb) in btrfs_run_delayed_refs:2147: errno=-5 IO failure"),
        device(
            FILESYSTEM_ERROR,
            "vdb",
            "BTRFS warning (device vdb): csum failed root 5 ino 257 off 0"),
        plain(HARDWARE_ERROR, "mce: [Hardware Error]: Machine check events logged"),
        plain(HARDWARE_ERROR, "{1}[Hardware Error]: Hardware error from APEI Generic Hardware"),
        device(
            HARDWARE_ERROR,
            "MC0",
            "EDAC MC0: 1 CE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0 (channel:1 slot:0)"),
        device(HARDWARE_ERROR, "MC1", "EDAC MC1: UE page 0x0, offset 0x0, grain 0, row 3"),
        server(
            SERVER_NOT_RESPONDING,
            "nfs.example.org",
            "nfs: server nfs.example.org not responding, still trying"),
        server(SERVER_NOT_RESPONDING, "10.0.0.1", "nfs: server 10.0.0.1 not responding, timed out"),
        server(SERVER_OK, "nfs.example.org", "nfs: server nfs.example.org OK"),
        server(
            SERVER_NOT_RESPONDING,
            "files",
            "CIFS: VFS: \\\\files has not responded in 180 seconds. Reconnecting..."),
        device(LINK_DOWN, "eno1", "e1000e 0000:00:1f.6 eno1: NIC Link is Down"),
        device(LINK_DOWN, "eth0", "e1000e: eth0 NIC Link is Down"),
        device(LINK_DOWN, "eth0", "r8169 0000:02:00.0 eth0: Link is Down"),
        device(
            LINK_UP, "eth0", "r8169 0000:02:00.0 eth0: Link is Up - 1Gbps/Full - flow control off"),
        device(
            LINK_UP,
            "eth1",
            "igb 0000:01:00.0 eth1: igb: eth1 NIC Link is Up 1000 Mbps Full Duplex"),
        device(
            TRANSMIT_TIMEOUT, "eth0", "NETDEV WATCHDOG: eth0 (e1000): transmit queue 0 timed out"),
        device(
            TRANSMIT_TIMEOUT,
            "eno1",
            "e1000e 0000:00:19.0 eno1: NETDEV WATCHDOG: CPU: 3: transmit queue 0 timed out 5376 ms"),
        process(
            SEGFAULT, 77, "a.out", "a.out[77]: segfault" + SEGFAULT_TAIL + "a.out[401000+1000]"),
        process(
            SEGFAULT,
            8,
            "b",
            "traps: b[8] general protection fault ip:401136 sp:7ffc error:0 in b[4+1]"),
        Arguments.of(
            KernelMessage.ofCgroup(PIDS_LIMIT, "/system.slice/a.service"),
            "cgroup: fork rejected by pids controller in /system.slice/a.service"),
        plain(FILES_LIMIT, "VFS: file-max limit 65536 reached"),
        plain(CONNTRACK_FULL, "nf_conntrack: nf_conntrack: table full, dropping packet"),
        plain(CONNTRACK_FULL, "nf_conntrack: table full, dropping packet."));
  }

  @ParameterizedTest
  @MethodSource("known")
  void understands(KernelMessage meaning, String text) {
    assertThat(KernelMessage.parse(text)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "EXT4-fs (vda): mounted filesystem 00000000 r/w without journal. Quota mode: none.",
        "loop0: detected capacity change from 0 to 16384",
        "sh (1): drop_caches: 3",
        "oom_reaper: reaped process 3712 (python3), now anon-rss:0kB, file-rss:0kB",
        "random: crng reseeded due to virtual machine fork",
        "python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
        "Memory cgroup out of memory: OOM victim 1 (x) is already exiting. Skip killing the task"
      })
  void leavesAloneWhatIsNoTrouble(String text) {
    assertThat(KernelMessage.parse(text)).isNull();
  }

  /** A process names itself, and its program, so that its crash reads like something else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Out of memory: ",
        "INFO: task a",
        "I/O error, dev ",
        "EXT4-fs error (",
        "EDAC MC0: 1 CE ",
        "EDAC MC0: CE x",
        "XFS (a): ",
        "XFS (a): Metada",
        "mce: [Hardware ",
        "[Hardware Error",
        "watchdog: a",
        "rcu: INFO: rcu_",
        "nfs: server a",
        "eth0: Link Up ",
        "e: Link up 1Gbp",
        "a: Link is Down",
        "NETDEV WATCHDOG",
        "traps: b",
        "kernel BUG at a",
        "BUG: unable to ",
        "cgroup: fork re",
        "nf_conntrack: n",
        "CIFS: \\\\a"
      })
  void aCrashIsACrashWhateverTheNames(String comm) {
    for (String program :
        new String[] {
          "x",
          ", sector 5",
          ":1 blocked for more than 120 seconds.",
          "(device sda): x page on grain",
          "Shutting down filesystem.",
          "not responding, still trying",
          " OK",
          "eth0: Link is Down",
          "]: Watchdog detected hard LOCKUP on cpu 1",
          ": transmit queue 0 timed out",
          " has not responded in 1 seconds. Reconnecting..."
        }) {
      String text = comm + "[123]: segfault" + SEGFAULT_TAIL + program + "[401000+1000]";
      KernelMessage message = Objects.requireNonNull(KernelMessage.parse(text), text);
      assertThat(message.kind()).as(text).isEqualTo(SEGFAULT);
    }
  }

  @Test
  void readsWhereTheVictimWasChosen() {
    assertThat(
            OomKill.parse(
                "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,"
                    + "oom_memcg=/a,task_memcg=/a/b c,task=p,pid=1,uid,pid=4711,uid=0"))
        .isEqualTo(new OomKill("/a/b c", "/a", 4711));
    assertThat(
            OomKill.parse(
                "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,"
                    + "global_oom,task_memcg=/system.slice/a.service,task=p,pid=12,uid=1000"))
        .isEqualTo(new OomKill("/system.slice/a.service", null, 12));
    assertThat(OomKill.parse("oom-kill:constraint=CONSTRAINT_NONE,task=p,pid=x,uid=0")).isNull();
    assertThat(OomKill.parse("something else")).isNull();
  }

  @Test
  void isNeverThrownOffByOddTexts() {
    Random random = new Random(20_260_101);
    known()
        .map(arguments -> (String) arguments.get()[1])
        .forEach(
            text -> {
              for (int round = 0; round < 500; round++) {
                StringBuilder odd = new StringBuilder(text);
                for (int change = random.nextInt(4); change >= 0; change--) {
                  odd.setCharAt(random.nextInt(odd.length()), (char) random.nextInt(300));
                }
                odd.setLength(random.nextInt(3) > 0 ? odd.length() : random.nextInt(odd.length()));
                String changed = odd.toString();
                assertThatCode(() -> KernelMessage.parse(changed)).doesNotThrowAnyException();
                assertThatCode(() -> OomKill.parse(changed)).doesNotThrowAnyException();
              }
            });
  }
}
