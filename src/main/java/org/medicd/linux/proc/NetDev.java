package org.medicd.linux.proc;

import java.util.ArrayList;
import java.util.List;

/** /proc/net/dev (proc_pid_net(5)): counters of the interfaces of one network namespace. */
public record NetDev(List<Link> links) {
  private static final String FILE = "proc/net/dev";

  public NetDev {
    links = List.copyOf(links);
  }

  /** Counters of one interface since it appeared. Drops of reception hold what was missed too. */
  public record Link(
      String name,
      long rxBytes,
      long rxErrors,
      long rxDrops,
      long txBytes,
      long txErrors,
      long txDrops) {}

  public static NetDev parse(String content) throws MalformedKernelFile {
    TextScanner scanner = new TextScanner(FILE, content);
    List<Link> links = new ArrayList<>();
    scanner.nextLine();
    scanner.nextLine();
    while (scanner.hasLine()) {
      if (scanner.hasWord()) {
        links.add(link(scanner));
      }
      scanner.nextLine();
    }
    return new NetDev(links);
  }

  /**
   * name: bytes packets errs drop fifo frame compressed multicast, then bytes packets errs drop …;
   * the colon of an old alias is part of its name.
   */
  private static Link link(TextScanner scanner) throws MalformedKernelFile {
    String name = scanner.upToLast(':');
    long rxBytes = scanner.counter();
    scanner.skip(1);
    long rxErrors = scanner.counter();
    long rxDrops = scanner.counter();
    scanner.skip(4);
    long txBytes = scanner.counter();
    scanner.skip(1);
    long txErrors = scanner.counter();
    return new Link(name, rxBytes, rxErrors, rxDrops, txBytes, txErrors, scanner.counter());
  }
}
