package org.medicd.fact;

/**
 * A control group that has processes.
 *
 * @param path in the unified hierarchy, else in systemd's, as /system.slice/nginx.service
 */
public record Cgroup(String path) implements Fact {
  @Override
  public String key() {
    return path;
  }
}
