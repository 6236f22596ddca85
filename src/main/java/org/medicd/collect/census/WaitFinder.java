package org.medicd.collect.census;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.ProcTree;
import org.medicd.fact.DeviceId;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.GroupId;
import org.medicd.fact.Subject;
import org.medicd.linux.proc.MountInfo;
import org.medicd.linux.proc.MountInfo.Mount;
import org.medicd.linux.proc.SyscallFile;

/**
 * Finds what a task in D waits for: the file of its system call, the file system that holds the
 * file. Writers of one frozen file wait in different kernel functions; by the file they are one
 * group. May block: for {@link Details} only.
 */
final class WaitFinder {
  private static final int AT_FDCWD = -100;
  private static final String DEVICES = "/dev/";
  private static final Pattern FILESYSTEM_WAIT =
      Pattern.compile(
          "percpu_rwsem|rwsem_down|^sb_|ext4|jbd2|xfs|btrfs|nfs|rpc_|cifs|smb|fuse|ceph|gfs2|ocfs2"
              + "|request_wait_answer|wait_on_(page|buffer|inode|bit)|wait_on_.*writeback|folio_wait"
              + "|io_schedule|lock_page|get_write_access|iomap|balance_dirty|d_alloc_parallel"
              + "|lookup_slow|path_openat|blk_|submit_bio");

  private final ProcTree tree;
  private final FileSyscalls syscalls;

  WaitFinder(ProcTree tree, FileSyscalls syscalls) {
    this.tree = tree;
    this.syscalls = syscalls;
  }

  Wait find(int pid, int task) {
    String folder = pid + "/task/" + task;
    String wchan = null;
    try {
      wchan = wchan(folder);
      Subject file = behindSystemCall(pid, folder, wchan);
      return new Wait(wchan, file != null ? file : group(wchan), null);
    } catch (IOException e) {
      return new Wait(wchan, group(wchan), e);
    }
  }

  private @Nullable String wchan(String folder) throws IOException {
    String wchan = tree.read(folder + "/wchan").strip();
    return wchan.isEmpty() || wchan.equals("0") ? null : wchan;
  }

  private static @Nullable Subject group(@Nullable String wchan) {
    return wchan == null ? null : new GroupId("tasks waiting in " + wchan);
  }

  private @Nullable Subject behindSystemCall(int pid, String folder, @Nullable String wchan)
      throws IOException {
    SyscallFile call = SyscallFile.parse(tree.read(folder + "/syscall"));
    if (call == null) {
      return null;
    }
    int first = call.arguments().isEmpty() ? AT_FDCWD : call.arguments().get(0).intValue();
    if (syscalls.nameFile(call.number())) {
      return holder(pid, tree.link(pid + "/fd/" + first));
    }
    if (wchan == null || !FILESYSTEM_WAIT.matcher(wchan).find()) {
      return null;
    }
    if (!syscalls.nameFolder(call.number())) {
      return holder(pid, tree.link(pid + "/cwd"));
    }
    long path = call.arguments().size() > 1 ? call.arguments().get(1) : 0;
    return holder(pid, named(pid, first, PathArgument.read(tree.root(), pid, path)));
  }

  /** An absolute path leads away from the folder that a call as openat(2) starts from. */
  private String named(int pid, int start, @Nullable String path) throws IOException {
    if (path != null && path.startsWith("/")) {
      return Path.of(path).normalize().toString();
    }
    String folder = tree.link(pid + (start == AT_FDCWD ? "/cwd" : "/fd/" + start));
    return path == null ? folder : Path.of(folder, path).normalize().toString();
  }

  /** The device that the path names, else the file system that it lies in. */
  private @Nullable Subject holder(int pid, String path) throws IOException {
    if (!path.startsWith("/")) {
      return null; // a pipe, a socket
    }
    Mount mount = MountInfo.parse(tree.read(pid + "/mountinfo")).of(path);
    if (mount == null) {
      return null;
    }
    String device = path.startsWith(DEVICES) ? path.substring(DEVICES.length()) : "";
    if (mount.type().equals("devtmpfs") && tree.isBlockDevice(device)) {
      return new DeviceId(device);
    }
    Mount asMedicdSeesIt = ownMount(mount.device());
    Mount named = asMedicdSeesIt != null ? asMedicdSeesIt : mount;
    return new FilesystemId(named.mountPoint(), named.source());
  }

  /** One name for a file system that containers see in several places. */
  private @Nullable Mount ownMount(String device) throws IOException {
    String own = "self/mountinfo";
    return tree.exists(own) ? MountInfo.parse(tree.read(own)).ofDevice(device) : null;
  }
}
