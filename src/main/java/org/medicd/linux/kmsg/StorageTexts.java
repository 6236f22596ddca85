package org.medicd.linux.kmsg;

import static org.medicd.linux.kmsg.TextForm.DEVICE;
import static org.medicd.linux.kmsg.TextForm.group;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEventKind;

/** Block devices that fail, and file systems that find damage or give up. */
final class StorageTexts {
  private static final List<TextForm> FORMS =
      List.of(
          form(
              " error, dev ",
              "(?:\\w+: )?(?:[A-Za-z/]+ ){0,4}?[A-Za-z/]+ error, dev " + DEVICE + ", sector \\d+.*",
              KernelEventKind.IO_ERROR),
          form(
              "Buffer I/O error on dev",
              "Buffer I/O error on dev(?:ice)? " + DEVICE + ", logical block .*",
              KernelEventKind.IO_ERROR),
          form(
              ": Remounting filesystem read-only",
              "EXT[234]-fs \\(" + DEVICE + "\\): Remounting filesystem read-only",
              KernelEventKind.FILESYSTEM_READ_ONLY),
          form(
              "-fs error (device ",
              "EXT[234]-fs error \\(device " + DEVICE + "\\)(?:: | in ).*",
              KernelEventKind.FILESYSTEM_ERROR),
          form(
              "Aborting journal on device ",
              "(?:JBD2: )?Aborting journal on device ([\\w!.@-]{1,32}?)(?:-8)?\\.?",
              KernelEventKind.FILESYSTEM_ERROR),
          form(
              "hutting down filesystem",
              "XFS \\(" + DEVICE + "\\): [A-Z][\\w/ -]{7,}.*hutting down filesystem.*",
              KernelEventKind.FILESYSTEM_SHUTDOWN),
          form(
              "XFS (",
              "XFS \\(" + DEVICE + "\\): (?:Filesystem has been shut down|xfs_do_force_shutdown).*",
              KernelEventKind.FILESYSTEM_SHUTDOWN),
          form(
              "XFS (",
              "XFS \\("
                  + DEVICE
                  + "\\): (?:Metadata (?:corruption|CRC error) .*|Corruption .*|Internal error .*"
                  + "|log I/O error .*|metadata I/O error.*)",
              KernelEventKind.FILESYSTEM_ERROR),
          form(
              ": forced readonly",
              "BTRFS:? \\w+ \\(device " + DEVICE + "(?: state \\w+)?\\): forced readonly",
              KernelEventKind.FILESYSTEM_READ_ONLY),
          form(
              "BTRFS",
              "BTRFS:? (?:error|critical) \\(device " + DEVICE + "(?: state \\w+)?\\)(?:: | in ).*",
              KernelEventKind.FILESYSTEM_ERROR),
          form(
              "BTRFS warning",
              "BTRFS warning \\(device " + DEVICE + "(?: state \\w+)?\\): csum failed .*",
              KernelEventKind.FILESYSTEM_ERROR),
          form(
              "Filesystem has been set read-only",
              "FAT-fs \\(" + DEVICE + "\\): Filesystem has been set read-only",
              KernelEventKind.FILESYSTEM_READ_ONLY));

  private StorageTexts() {}

  static @Nullable KernelMessage message(String text) {
    return TextForm.first(FORMS, text);
  }

  /** The first group of the whole is the device. */
  private static TextForm form(String words, String whole, KernelEventKind kind) {
    return new TextForm(words, whole, m -> KernelMessage.ofDevice(kind, group(m, 1)));
  }
}
