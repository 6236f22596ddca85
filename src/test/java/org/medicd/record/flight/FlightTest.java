package org.medicd.record.flight;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.fact.DeviceId;
import org.medicd.fact.Fact;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Pressure;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Scene;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Deed;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.record.Blank;
import org.medicd.record.Shape;

@Tag("once")
class FlightTest {
  private static final FlightHead HEAD =
      new FlightHead("1", "host", "boot", ofSeconds(1), Mode.ACT, Scene.START);

  private static final List<Deed> DEEDS =
      List.of(
          new Deed("ill", new ProcessId(5, 1), "term", new Outcome.Done("SIGTERM")),
          new Deed("ill", new DeviceId("sda"), "page", new Outcome.Failed("no")));

  /** What of a snapshot is recorded, apart from the reader's moving map. */
  private record Kept(Snapshot seen, Map<Integer, Proc> processes) {
    static Kept of(Snapshot seen) {
      return new Kept(
          new Snapshot(
              seen.at(),
              seen.elapsed(),
              seen.host(),
              Map.of(),
              Set.of(),
              seen.units(),
              seen.facts(),
              List.of(),
              seen.gaps()),
          new HashMap<>(seen.processes()));
    }
  }

  private final List<Kept> written = new ArrayList<>();
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private static List<Deed> deeds = List.of();

  private static List<Kept> read(byte[] bytes) throws IOException {
    List<Kept> read = new ArrayList<>();
    try (FlightReader reader = new FlightReader(new ByteArrayInputStream(bytes))) {
      Map<Integer, Proc> before = new HashMap<>();
      for (FlightReader.Frame frame = reader.next(); frame != null; frame = reader.next()) {
        Kept kept = Kept.of(frame.seen());
        deeds = frame.deeds();
        checkStirred(before, kept.processes(), Set.copyOf(frame.seen().stirred()));
        before = kept.processes();
        read.add(kept);
      }
    }
    return read;
  }

  private static void checkStirred(
      Map<Integer, Proc> before, Map<Integer, Proc> now, Set<Integer> stirred) {
    for (int pid = 0; pid < 40; pid++) {
      if (before.get(pid) != now.get(pid)) {
        assertThat(stirred).contains(pid);
      }
    }
  }

  /** A host in which anything may change. */
  private Scene change(Scene scene, Random random) {
    for (int i = 0; i < 5; i++) {
      int pid = random.nextInt(30);
      switch (random.nextInt(5)) {
        case 0 -> scene.gone(pid);
        case 1 -> scene.has(pid, p -> p.startTicks(random.nextInt(3)).named("n" + pid));
        case 2 -> scene.has(pid, p -> p.blocked(random.nextDouble(), new DeviceId("sda")));
        case 3 -> scene.has(pid, p -> p.growth(random.nextDouble() * 1e9, random.nextLong()));
        default ->
            scene.has(pid, p -> p.cpu(random.nextBoolean() ? null : random.nextInt(999) / 10.0));
      }
    }
    Pressure.Stall stall = new Pressure.Stall(random.nextInt(5), 0.01, 1e300, random.nextLong());
    scene.noFacts();
    scene.fact(new Pressure("cpu", stall, random.nextBoolean() ? null : stall));
    scene.unit("u" + random.nextInt(3) + ".service", random.nextBoolean() ? "active" : "failed");
    scene.hostCpu(random.nextInt(1000) / 10.0).zombies(random.nextInt(3));
    return random.nextInt(10) == 0 ? scene.gap("proc/stat", "pid " + random.nextInt(9)) : scene;
  }

  private void write(Segment segment, Snapshot seen) throws IOException {
    segment.write(seen, DEEDS);
    written.add(Kept.of(seen));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatWasWrittenIsRead(long seed) throws IOException {
    Random random = new Random(seed);
    Scene scene = new Scene();
    Snapshot seen = scene.after(Duration.ZERO);
    for (int segments = 0; segments < 3; segments++) {
      try (Segment segment = new Segment(file, HEAD.at(seen.at()))) {
        for (int tick = 0; tick < 60; tick++) {
          write(segment, seen);
          seen = change(scene, random).after(Duration.ofMillis(random.nextInt(2_000)));
        }
      }
    }
    assertThat(read(file.toByteArray())).isEqualTo(written);
    assertThat(deeds).isEqualTo(DEEDS);
  }

  @Test
  void everyFactCanBeRecorded() throws IOException {
    Scene scene = new Scene();
    for (Class<?> type : Fact.class.getPermittedSubclasses()) {
      Object fact = Blank.of(type);
      for (Shape.Part part : Shape.of(type).parts()) {
        fact = Blank.with(fact, List.of(part.name()), sample(part.type()));
      }
      if (!type.getSimpleName().equals("Proc") && !type.getSimpleName().equals("Host")) {
        scene.fact((Fact) fact);
      }
    }
    try (Segment segment = new Segment(file, HEAD)) {
      write(segment, scene.after(Duration.ZERO));
    }
    assertThat(read(file.toByteArray())).isEqualTo(written);
  }

  private static Object sample(Class<?> type) {
    return switch (FieldKind.of(type)) {
      case GROUP -> Blank.of(type);
      case DECIMAL -> 1.0 / 3;
      case WHOLE -> type == int.class || type == Integer.class ? (Object) 7 : (Object) (1L << 60);
      case FLAG -> true;
      case TEXT -> "té\u0000xt";
      case TEXTS -> List.of("té", "", "xt", "té");
      case WORD -> type.getEnumConstants()[1];
      case INSTANT -> Scene.START.plusNanos(1);
      case DURATION -> Duration.ofNanos(-1);
      case SUBJECT ->
          type == DeviceId.class
              ? new DeviceId("sda")
              : type == FilesystemId.class ? new FilesystemId("/", "x") : new ProcessId(1, 2);
    };
  }

  @Test
  void whatBreaksOffIsReadUpToThere() throws IOException {
    Scene scene = new Scene();
    int whole;
    try (Segment segment = new Segment(file, HEAD)) {
      write(segment, scene.has(5, p -> p).after(Duration.ZERO));
      whole = file.size();
      segment.write(scene.gone(5).after(ofSeconds(1)), DEEDS);
    }
    for (int length = whole; length < file.size(); length++) {
      assertThat(read(Arrays.copyOf(file.toByteArray(), length))).isEqualTo(written);
    }
  }

  @Test
  void anUnchangedHostTakesNextToNothing() throws IOException {
    Scene scene = new Scene();
    for (int pid = 10; pid < 1_010; pid++) {
      scene.has(pid, p -> p.named("worker"));
    }
    try (Segment segment = new Segment(file, HEAD)) {
      segment.write(scene.after(Duration.ZERO), DEEDS);
      int first = file.size();
      assertThat(first).isLessThan(60_000);
      for (int tick = 0; tick < 100; tick++) {
        segment.write(scene.after(ofSeconds(1)), DEEDS);
      }
      assertThat(file.size() - first).isLessThan(100 * 30);
    }
  }

  /** Nothing but an IOException comes of it, whatever is in the file. */
  @Test
  void aDamagedRecordingIsRefusedOrReadWrong() throws IOException {
    Random random = new Random(7);
    Scene scene = new Scene();
    try (Segment segment = new Segment(file, HEAD)) {
      for (int tick = 0; tick < 5; tick++) {
        segment.write(change(scene, random).after(ofSeconds(1)), DEEDS);
      }
    }
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = file.toByteArray();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        read(damaged);
      } catch (IOException e) {
        assertThat(e).hasMessageMatching("(?s).*(recording).*");
      }
    }
  }

  /** The same, behind the packing. */
  @Test
  void damagedTicksAreRefusedOrReadWrong() throws IOException {
    Random random = new Random(8);
    ByteSink sink = new ByteSink();
    SnapshotWriter writer = new SnapshotWriter(sink, Scene.START);
    writer.write(change(new Scene(), random).after(ofSeconds(1)), DEEDS);
    for (int i = 0; i < 50_000; i++) {
      byte[] damaged = Arrays.copyOf(sink.array(), sink.size());
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      ByteSource source = new ByteSource();
      source.load(damaged, damaged.length);
      try {
        new SnapshotReader(Schema.ofThisVersion(), source, Scene.START).read(Set.of());
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("recording");
      }
    }
  }

  @Test
  void whatAnotherVersionKnewIsPassedOver() throws IOException {
    Scene scene = new Scene();
    try (Segment segment = new Segment(file, HEAD)) {
      segment.write(scene.has(5, p -> p.cpu(50.0)).after(Duration.ZERO), DEEDS);
    }
    String other =
        Schema.ofThisVersion()
            .text()
            .replace("cpuPercent:DECIMAL", "cpuThen:DECIMAL")
            .replaceAll("(?m)^Host ", "Machine ");
    ByteSink sink = new ByteSink();
    new SnapshotWriter(sink, Scene.START).write(scene.after(ofSeconds(1)), DEEDS);
    ByteSource source = new ByteSource();
    source.load(sink.array(), sink.size());
    Snapshot read = new SnapshotReader(Schema.parse(other), source, Scene.START).read(Set.of());
    Proc proc = java.util.Objects.requireNonNull(read.processes().get(5));
    assertThat(proc.cpuPercent()).isNull();
    assertThat(proc.cpuAvg10()).isEqualTo(50);
    assertThat(read.host()).isNull();
  }

  @Test
  void whatIsNoRecordingIsSaidToBeNone() {
    for (String text :
        List.of("", "S", "hello, this is no recording at all", "S\0\0\0\0", "F\0\0\0\1x")) {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> read(bytes))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no recording");
    }
  }
}
