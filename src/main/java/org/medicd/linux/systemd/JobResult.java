package org.medicd.linux.systemd;

/**
 * How a job of systemd ended.
 *
 * @param job its object path, as /org/freedesktop/systemd1/job/1234
 * @param result done, canceled, timeout, failed, dependency, skipped …, as JobRemoved tells it
 */
public record JobResult(String job, String result) {
  public boolean isDone() {
    return result.equals("done");
  }
}
