package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every room that has been built to the rules of the house. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(compiled());

  /** What each module beside this one compiled, tests left out. */
  private static List<Path> compiled() {
    Path house = Path.of("").toAbsolutePath().resolve("..").normalize();
    try (var modules = Files.list(house)) {
      return modules
          .map(module -> module.resolve("target").resolve("classes"))
          .filter(Files::isDirectory)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<String> rooms() {
    return Rooms.all();
  }

  static Set<String> pureRooms() {
    return new TreeSet<>(Rooms.PURE);
  }

  static Set<String> pureCores() {
    return Rooms.PURE_CORES;
  }

  static Set<String> silentRooms() {
    Set<String> silent = Rooms.all();
    // The lab's attackers are processes of their own, and are heard by what they print.
    silent.removeAll(Set.of("cli", "bench", "e2e"));
    return silent;
  }

  private static Set<String> builtRooms() {
    return CLASSES.stream()
        .map(type -> Rooms.of(type.getPackageName()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void what_is_checked_is_the_house_and_nothing_but_rooms_of_the_table() {
    assertThat(builtRooms())
        .as("rooms that were built; build the whole house first")
        .contains(
            "base", "model", "trust", "ledger", "probe", "edge", "locate", "picture", "sim", "cli")
        .isSubsetOf(Rooms.all());
    assertThat(CLASSES.contain("dev.holdfast.model.Verdict")).isTrue();
    assertThat(CLASSES.contain("dev.holdfast.locate.Locator")).isTrue();
    assertThat(CLASSES.contain("dev.holdfast.cli.Holdfast")).isTrue();
    assertThat(CLASSES.contain("dev.holdfast.cli.ArchitectureTest")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void a_room_uses_only_the_rooms_that_the_table_allows(String room) {
    Set<String> forbidden = Rooms.forbiddenTo(room);
    assertThat(forbidden).doesNotContain(room, "base");
    HouseRules.usesNone(room, forbidden).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("pureRooms")
  void a_pure_room_touches_no_file_network_thread_clock_or_chance(String room) {
    assertThat(Rooms.all()).contains(room);
    HouseRules.isPure(room).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("pureCores")
  void a_pure_core_does_not_either_and_does_not_use_what_does(String room) {
    assertThat(Rooms.all()).contains(room);
    HouseRules.hasPureCore(room).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("silentRooms")
  void only_commands_and_measurements_print(String room) {
    assertThat(room).isNotIn("cli", "bench", "e2e");
    HouseRules.leavesStandardStreamsAlone(room).check(CLASSES);
  }

  @Test
  void rooms_do_not_use_each_other_in_circles() {
    assertThat(HouseRules.hasNoCycles().evaluate(CLASSES).hasViolation()).isFalse();
    HouseRules.hasNoCycles().check(CLASSES);
  }

  @Test
  void every_package_says_what_it_is_for_and_is_null_marked() {
    Set<JavaPackage> packages =
        CLASSES.stream()
            .filter(type -> !type.getPackageName().contains("generated"))
            .map(JavaClass::getPackage)
            .collect(Collectors.toSet());
    assertThat(packages).isNotEmpty();
    assertThat(packages)
        .allMatch(each -> each.tryGetPackageInfo().isPresent())
        .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
  }
}
