package dev.holdfast.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Collection;
import java.util.Set;

/** The rules that hold the house together, for any room; a room may still be empty. */
final class HouseRules {
  private static final Set<String> WORLD_PACKAGES =
      Set.of("java.nio.file", "java.nio.channels", "java.net", "javax.net");

  private static final Set<String> WORLD_CLASSES =
      Set.of(
          "java.io.RandomAccessFile",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.time.InstantSource",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.StructuredTaskScope",
          "java.util.concurrent.ThreadFactory",
          "java.util.concurrent.ThreadLocalRandom");

  /** Beginnings of names of classes, each with what begins so. */
  private static final Set<String> WORLD_BEGINNINGS =
      Set.of(
          "java.io.File",
          "java.lang.Thread",
          "java.util.concurrent.Executor",
          "java.util.concurrent.ForkJoin",
          "java.util.concurrent.Scheduled",
          "java.util.concurrent.ThreadPool");

  private static final Set<String> WORLD_CALLS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.util.UUID.randomUUID",
          "java.util.Collections.shuffle",
          "java.util.Collection.parallelStream",
          "java.util.List.parallelStream",
          "java.util.Set.parallelStream",
          "java.util.Arrays.parallelSort",
          "java.util.Arrays.parallelSetAll",
          "java.util.Arrays.parallelPrefix",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of");

  private HouseRules() {}

  private static String within(String room) {
    return Rooms.PACKAGE + room + "..";
  }

  /** A room uses none of the forbidden ones. */
  static ArchRule usesNone(String room, Collection<String> forbidden) {
    return noClasses()
        .that()
        .resideInAPackage(within(room))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.stream().map(HouseRules::within).toArray(String[]::new))
        .allowEmptyShould(true)
        .because("design: " + room + " may use " + Rooms.usableBy(room));
  }

  /** A room touches no file, network, thread, clock or chance. */
  static ArchRule isPure(String room) {
    return isPure(room, within(room));
  }

  /** The first package of a room is pure, and stays so by not using the others. */
  static ArchRule hasPureCore(String room) {
    return CompositeArchRule.of(isPure(room + " at its core", Rooms.PACKAGE + room))
        .and(
            noClasses()
                .that()
                .resideInAPackage(Rooms.PACKAGE + room)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(Rooms.PACKAGE + room + ".*..")
                .allowEmptyShould(true));
  }

  private static ArchRule isPure(String what, String packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat(world())
        .orShould()
        .accessTargetWhere(worldCall())
        .allowEmptyShould(true)
        .because(what + " is pure: the same input gives the same output, anywhere and at any time");
  }

  /** A room leaves standard streams to the commands. */
  static ArchRule leavesStandardStreamsAlone(String room) {
    return noClasses()
        .that()
        .resideInAPackage(within(room))
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "standard streams",
                access ->
                    isCall(access, "java.lang.System", Set.of("out", "err", "in"))
                        || isBarePrintStackTrace(access)))
        .allowEmptyShould(true)
        .because("only commands print");
  }

  /** No room uses, by whatever way round, a room that uses it. */
  static ArchRule hasNoCycles() {
    return SlicesRuleDefinition.slices()
        .matching(Rooms.PACKAGE + "(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  private static boolean isBarePrintStackTrace(JavaAccess<?> access) {
    return access.getTarget() instanceof AccessTarget.CodeUnitCallTarget call
        && call.getName().equals("printStackTrace")
        && call.getOwner().isAssignableTo(Throwable.class)
        && call.getRawParameterTypes().isEmpty();
  }

  private static boolean isCall(JavaAccess<?> access, String owner, Set<String> names) {
    return access.getTarget().getOwner().getFullName().equals(owner)
        && names.contains(access.getTarget().getName());
  }

  private static DescribedPredicate<JavaClass> world() {
    return DescribedPredicate.describe(
        "belong to the world outside",
        type ->
            WORLD_PACKAGES.stream()
                    .anyMatch(name ->
                        type.getPackageName().equals(name)
                            || type.getPackageName().startsWith(name + "."))
                || WORLD_CLASSES.contains(type.getFullName())
                || WORLD_BEGINNINGS.stream().anyMatch(type.getFullName()::startsWith));
  }

  private static DescribedPredicate<JavaAccess<?>> worldCall() {
    return DescribedPredicate.describe(
        "asks the world outside",
        access -> {
          AccessTarget target = access.getTarget();
          JavaClass owner = target.getOwner();
          return WORLD_CALLS.contains(owner.getFullName() + "." + target.getName())
              || (owner.getPackageName().startsWith("java.time") && target.getName().equals("now"))
              || (owner.getPackageName().equals("java.util.stream")
                  && target.getName().equals("parallel"));
        });
  }
}
