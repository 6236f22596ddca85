package org.medicd.collect.census;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.medicd.collect.Collector;
import org.medicd.collect.Scene;
import org.medicd.fact.Asked;
import org.medicd.fact.AspectReport;
import org.medicd.fact.Fact;

/**
 * Runs the collectors, each at its own rhythm and only while a rule asks for what it makes. One
 * that fails or hangs is reported and holds up nobody; what it saw before is then no longer told.
 */
final class Aspects implements AutoCloseable {
  private final List<Aspect> all;

  Aspects(List<Collector> collectors) {
    all = collectors.stream().map(Aspect::new).toList();
  }

  void ask(Asked about) {
    all.forEach(aspect -> aspect.ask(about));
  }

  /** Has those look whose time has come; returns what all of them saw last. */
  List<Fact> look(Scene scene) {
    List<Fact> facts = new ArrayList<>();
    for (Aspect aspect : all) {
      if (aspect.isAsked()) {
        Aspect.Sight sight = aspect.look(scene);
        facts.addAll(sight.facts());
        scene.gaps().addAll(sight.gaps());
      }
    }
    return List.copyOf(facts);
  }

  /** Calls with the pid of every process that a look on the tick's thread has heard of. */
  void forEachStirred(IntConsumer action) {
    all.forEach(aspect -> aspect.stirred().forEach(action::accept));
  }

  /** Of those that are asked for. */
  List<AspectReport> reports() {
    return all.stream().filter(Aspect::isAsked).map(Aspect::report).toList();
  }

  @Override
  public void close() {
    all.forEach(Aspect::close);
  }
}
