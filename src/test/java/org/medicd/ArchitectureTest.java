package org.medicd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Map;
import java.util.Set;

/** The shape of the code, so that a reader can guess where a thing is and what it may touch. */
@AnalyzeClasses(packages = "org.medicd", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "org.medicd";
  private static final Set<String> COMMON = Set.of("fact", "plan", "linux", "config");
  private static final Set<String> EVERY_STAGE =
      Set.of(
          "collect",
          "rule",
          "incident",
          "guard",
          "act",
          "evidence",
          "record",
          "notify",
          "api",
          "fact",
          "plan",
          "linux",
          "config");

  /** What is tried without a host: the daemon's way from facts to decisions, and recordings. */
  private static final Set<String> UNDER_TRIAL =
      Set.of("daemon", "rule", "incident", "guard", "record", "fact", "plan", "config");

  private static final Set<String> ABOVE_ALL =
      Set.of("cli", "daemon", "trial", "rule", "record", "config", "fact", "plan");

  /** What each layer may know beside itself. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("fact", Set.of()),
          Map.entry("plan", Set.of("fact")),
          Map.entry("linux", Set.of("fact", "plan")),
          Map.entry("config", Set.of("fact", "plan", "linux")),
          Map.entry("collect", COMMON),
          Map.entry("rule", COMMON),
          Map.entry("incident", COMMON),
          Map.entry("guard", COMMON),
          Map.entry("act", COMMON),
          Map.entry("evidence", COMMON),
          Map.entry("record", COMMON),
          Map.entry("notify", COMMON),
          Map.entry("api", COMMON), // and what is EXCHANGED
          Map.entry("daemon", EVERY_STAGE),
          Map.entry("cli", Set.of("api", "fact", "plan", "linux", "config")),
          Map.entry("trial", UNDER_TRIAL),
          Map.entry("junit", Set.of("trial", "rule", "config")),
          Map.entry("Main", ABOVE_ALL));

  /**
   * Of record, what the daemon and the command line exchange: one JSON for store and socket, and
   * the audit trail, which must be readable without a daemon.
   */
  private static final Set<String> EXCHANGED =
      Set.of(
          ROOT + ".record.Json",
          ROOT + ".record.StoreHealth",
          ROOT + ".record.AuditFile",
          ROOT + ".record.AuditHead",
          ROOT + ".record.AuditLine",
          ROOT + ".record.AuditReport");

  private ArchitectureTest() {}

  @ArchTest
  static final ArchRule EVERY_CLASS_BELONGS_TO_A_LAYER =
      classes()
          .should()
          .resideInAnyPackage(
              MAY_KNOW.keySet().stream()
                  .map(layer -> layer.equals("Main") ? ROOT : ROOT + "." + layer + "..")
                  .toArray(String[]::new))
          .because("a package of its own wants a place in DESIGN's picture and in MAY_KNOW first");

  @ArchTest
  static final ArchRule LAYERS_KNOW_ONLY_WHAT_THEY_MAY =
      classes()
          .should(
              new ArchCondition<>("know only the layers that theirs may know") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                  forbiddenNeighbours(item, events);
                }
              })
          .because(
              "stages speak fact and plan and meet in the daemon only; nobody needs daemon, cli"
                  + " or api but Main, the daemon (api), the cli (api) and trials (daemon)");

  private static void forbiddenNeighbours(JavaClass item, ConditionEvents events) {
    String layer = layerOf(item);
    Set<String> known = MAY_KNOW.getOrDefault(layer, Set.of());
    item.getDirectDependenciesFromSelf().stream()
        .filter(each -> each.getTargetClass().getPackageName().startsWith(ROOT))
        .filter(each -> !layerOf(each.getTargetClass()).equals(layer))
        .filter(each -> !known.contains(layerOf(each.getTargetClass())))
        .filter(each -> !isExchanged(layer, each.getTargetClass()))
        .forEach(
            each ->
                events.add(
                    SimpleConditionEvent.violated(
                        item,
                        layer
                            + " may not know "
                            + layerOf(each.getTargetClass())
                            + ": "
                            + each.getDescription())));
  }

  private static boolean isExchanged(String layer, JavaClass target) {
    return (layer.equals("api") || layer.equals("cli")) && EXCHANGED.contains(target.getName());
  }

  private static String layerOf(JavaClass item) {
    String name = item.getPackageName();
    return name.equals(ROOT) ? "Main" : name.substring(ROOT.length() + 1).split("\\.")[0];
  }

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLES =
      slices()
          .matching(ROOT + ".(**)")
          .should()
          .beFreeOfCycles()
          .because("what depends on each other cannot be read, tested or changed apart");

  @ArchTest
  static final ArchRule VOCABULARIES_HOLD_ONLY_VALUES =
      classes()
          .that()
          .resideInAnyPackage(ROOT + ".fact..", ROOT + ".plan..")
          .should()
          .beInterfaces()
          .orShould()
          .beRecords()
          .orShould()
          .beEnums()
          .because("fact and plan are vocabularies: records, enums and interfaces");

  @ArchTest
  static final ArchRule FACT_NEEDS_THE_JDK_ONLY =
      classes()
          .that()
          .resideInAnyPackage(ROOT + ".fact..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".fact..");

  @ArchTest
  static final ArchRule DROOLS_ONLY_IN_RULE =
      only("rule..", "knows Drools").dependOnClassesThat(in("org.drools..", "org.kie.."));

  @ArchTest
  static final ArchRule JNA_ONLY_IN_LINUX =
      only("linux..", "calls the kernel").dependOnClassesThat(in("com.sun.jna.."));

  @ArchTest
  static final ArchRule DBUS_ONLY_IN_LINUX_SYSTEMD =
      only("linux.systemd..", "speaks D-Bus").dependOnClassesThat(in("org.freedesktop.."));

  @ArchTest
  static final ArchRule SLACK_ONLY_IN_NOTIFY_SLACK =
      only("notify.slack..", "speaks Slack").dependOnClassesThat(in("com.slack..", "okhttp3.."));

  @ArchTest
  static final ArchRule SQL_ONLY_IN_RECORD =
      only("record..", "speaks SQL")
          .dependOnClassesThat(in("java.sql..", "javax.sql..", "org.sqlite.."));

  @ArchTest
  static final ArchRule PROGRAMS_ARE_RUN_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".linux.Programs")
          .should(access("run a program", ArchitectureTest::runsAProgram))
          .because("only linux.Programs sees to trusted paths, users, deadlines and output");

  private static boolean runsAProgram(String owner, String method) {
    return owner.equals("java.lang.ProcessBuilder")
        || (owner.equals("java.lang.Runtime") && method.equals("exec"));
  }

  @ArchTest
  static final ArchRule TIME_COMES_IN =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".daemon..")
          .should(access("read the wall clock", ArchitectureTest::readsTheWallClock))
          .because("clocks are passed: time does not jump in tests, and durations are monotonic");

  private static boolean readsTheWallClock(String owner, String method) {
    return switch (owner) {
      case "java.lang.System" -> method.equals("currentTimeMillis");
      case "java.time.Clock" ->
          method.startsWith("system") || method.startsWith("tick") && !method.equals("tick");
      case "java.time.InstantSource" -> method.equals("system");
      case "java.util.Date" -> method.equals("<init>");
      default -> owner.startsWith("java.time.") && method.equals("now");
    };
  }

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".daemon..")
          .should(access("sleep", ArchitectureTest::sleeps))
          .because("a stage that sleeps holds the tick; whoever must wait is given how");

  private static boolean sleeps(String owner, String method) {
    return method.equals("sleep")
        && (owner.equals("java.lang.Thread") || owner.equals("java.util.concurrent.TimeUnit"));
  }

  // ---- words for the rules above

  private static Only only(String where, String what) {
    return new Only(where, what);
  }

  private record Only(String where, String what) {
    ArchRule dependOnClassesThat(String... packages) {
      return noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "." + where)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages)
          .because("only " + where.replace("..", "") + " " + what);
    }
  }

  private static String[] in(String... packages) {
    return packages;
  }

  private interface Call {
    boolean is(String owner, String method);
  }

  private static ArchCondition<JavaClass> access(String what, Call call) {
    return ArchConditions.accessTargetWhere(
            DescribedPredicate.<JavaAccess<?>>describe(
                what,
                access -> call.is(access.getTargetOwner().getName(), access.getTarget().getName())))
        .as(what);
  }
}
