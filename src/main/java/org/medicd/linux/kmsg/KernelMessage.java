package org.medicd.linux.kmsg;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEventKind;

/**
 * What a text of the kernel's log tells. Names of processes, files and control groups stand in such
 * texts as their owners chose them: a text is only recognised as a whole, with a name no longer
 * than the kernel lets it be, so that no name makes one kind of text look like another.
 *
 * @param pid of the process that it is about
 * @param comm its name
 * @param device kernel name of a block device, network interface or memory controller
 * @param server name of a file server
 * @param cgroup path of a control group
 */
public record KernelMessage(
    KernelEventKind kind,
    @Nullable Integer pid,
    @Nullable String comm,
    @Nullable String device,
    @Nullable String server,
    @Nullable String cgroup) {
  private static final List<Function<String, @Nullable KernelMessage>> FAMILIES =
      List.of(
          OomKill::message,
          StallTexts::message,
          StorageTexts::message,
          HardwareTexts::message,
          NetworkTexts::message,
          ProcessTexts::message);

  static KernelMessage of(KernelEventKind kind) {
    return new KernelMessage(kind, null, null, null, null, null);
  }

  static KernelMessage ofProcess(KernelEventKind kind, int pid, String comm) {
    return new KernelMessage(kind, pid, comm, null, null, null);
  }

  static KernelMessage ofDevice(KernelEventKind kind, String device) {
    return new KernelMessage(kind, null, null, device, null, null);
  }

  static KernelMessage ofServer(KernelEventKind kind, String server) {
    return new KernelMessage(kind, null, null, null, server, null);
  }

  static KernelMessage ofCgroup(KernelEventKind kind, String cgroup) {
    return new KernelMessage(kind, null, null, null, null, cgroup);
  }

  /** Null for a text that tells of no trouble, as nearly all do. */
  public static @Nullable KernelMessage parse(String text) {
    for (Function<String, @Nullable KernelMessage> family : FAMILIES) {
      KernelMessage message = family.apply(text);
      if (message != null) {
        return message;
      }
    }
    return null;
  }
}
