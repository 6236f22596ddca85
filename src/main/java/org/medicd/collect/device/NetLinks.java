package org.medicd.collect.device;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Collector;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Readers;
import org.medicd.collect.Scene;
import org.medicd.fact.Fact;
import org.medicd.fact.Gap;
import org.medicd.fact.NetLink;
import org.medicd.linux.proc.NetDev;
import org.medicd.linux.proc.NetDev.Link;
import org.medicd.linux.sys.LinkAttributes;

/**
 * Looks at the network interfaces: counters in each look; what the links are now and then, and
 * beside it.
 */
public final class NetLinks implements Collector {
  private static final long ATTRIBUTES_NANOS = Duration.ofSeconds(5).toNanos();

  private final ProcTree tree;
  private final LinkFolder folder;
  private final Readers readers;
  private final Map<String, LinkRates> rates = new HashMap<>();
  private volatile @Nullable Map<String, LinkAttributes> attributes = Map.of();
  private volatile boolean underWay;
  private @Nullable Long askedNanos;

  /**
   * @param sys /sys, or a captured copy of it
   */
  public NetLinks(ProcTree tree, Path sys, LongSupplier monotonicNanos) {
    this.tree = tree;
    this.folder = new LinkFolder(sys);
    this.readers = new Readers("sys/class/net", monotonicNanos, 1);
  }

  @Override
  public String aspect() {
    return "network links";
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(NetLink.class);
  }

  @Override
  public List<NetLink> look(Scene scene) throws IOException {
    List<Link> links = NetDev.parse(tree.read("net/dev")).links();
    Map<String, LinkAttributes> known = attributesNow(links, scene);
    List<NetLink> facts = new ArrayList<>();
    for (Link link : links) {
      facts.add(
          rates
              .computeIfAbsent(link.name(), name -> new LinkRates(link, scene.nowNanos()))
              .see(
                  link, known.getOrDefault(link.name(), LinkAttributes.UNKNOWN), scene.nowNanos()));
    }
    if (rates.size() > links.size()) {
      rates.keySet().retainAll(links.stream().map(Link::name).toList());
    }
    return facts;
  }

  /** What is known, while what is new is asked for: at times, and when an interface came. */
  private Map<String, LinkAttributes> attributesNow(List<Link> links, Scene scene) {
    Map<String, LinkAttributes> known = attributes;
    Long asked = askedNanos;
    boolean hasCome = links.stream().anyMatch(link -> !rates.containsKey(link.name()));
    boolean due = asked == null || scene.nowNanos() - asked >= ATTRIBUTES_NANOS;
    if ((due || hasCome) && !underWay) {
      askedNanos = scene.nowNanos();
      underWay = true;
      if (!readers.offer("the host", this::readAttributes)) {
        underWay = false;
      }
    }
    List<Gap> stuck = readers.check();
    scene.gaps().addAll(stuck);
    if (known == null) {
      scene.gaps().add("sys/class/net", "the host", "cannot be listed");
    }
    return known == null || !stuck.isEmpty() ? Map.of() : known;
  }

  private void readAttributes() {
    try {
      attributes = folder.read();
    } finally {
      underWay = false;
    }
  }

  @Override
  public void close() {
    readers.close();
  }
}
