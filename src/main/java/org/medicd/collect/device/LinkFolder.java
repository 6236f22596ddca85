package org.medicd.collect.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.KernelFiles;
import org.medicd.linux.sys.LinkAttributes;

/** /sys/class/net. Some drivers ask the hardware for an answer, and hold a lock meanwhile. */
final class LinkFolder {
  private static final int MOST_BYTES = 64;

  private final Path folder;

  LinkFolder(Path sys) {
    this.folder = sys.resolve("class/net");
  }

  /** Of all interfaces by name; may block. Null where the folder is not there. */
  @Nullable Map<String, LinkAttributes> read() {
    String[] names = folder.toFile().list();
    if (names == null) {
      return null;
    }
    Map<String, LinkAttributes> attributes = new HashMap<>();
    for (String name : names) {
      attributes.put(
          name,
          LinkAttributes.parse(
              read(name, "operstate"),
              read(name, "carrier"),
              isVirtual(name) ? null : read(name, "speed"),
              read(name, "mtu")));
    }
    return attributes;
  }

  /** A veth says 10 Gbit/s and a tun 10 Mbit/s, and neither is held to it. */
  private boolean isVirtual(String name) {
    try {
      return KernelFiles.link(folder + "/" + name).contains("/virtual/");
    } catch (IOException e) {
      return false;
    }
  }

  /** EINVAL is how the kernel says that it does not know. */
  private @Nullable String read(String name, String attribute) {
    try {
      return KernelFiles.read(folder + "/" + name + "/" + attribute, MOST_BYTES);
    } catch (IOException e) {
      return null;
    }
  }
}
