package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.locate.Locator;
import dev.holdfast.model.Verdict;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house find what they forbid, so that they never pass for want of looking. */
final class HouseRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importClasses(
              Stream.concat(
                      Stream.of(
                          Locator.class,
                          Verdict.class,
                          LocateCommand.class,
                          dev.holdfast.ledger.Hash.class,
                          dev.holdfast.ledger.store.LogFolder.class),
                      Arrays.stream(HouseRulesTest.class.getDeclaredClasses()))
                  .toList());

  private static boolean breaks(ArchRule rule, Class<?> type) {
    JavaClasses alone =
        CLASSES.that(
            DescribedPredicate.describe(
                "are " + type, each -> each.getFullName().equals(type.getName())));
    assertThat(alone).hasSize(1);
    return rule.evaluate(alone).hasViolation();
  }

  @Test
  void the_table_follows_the_rooms_of_rooms() {
    assertThat(Rooms.all()).hasSize(22);
    assertThat(Rooms.usableBy("base")).containsExactly("base");
    assertThat(Rooms.usableBy("model")).containsExactly("base", "model");
    assertThat(Rooms.usableBy("ledger")).containsExactly("base", "ledger");
    assertThat(Rooms.usableBy("picture"))
        .containsExactly("attest", "base", "locate", "model", "picture");
    assertThat(Rooms.usableBy("stream"))
        .contains("replay", "detect", "trust", "ledger", "locate", "attention", "model", "base")
        .doesNotContain("server", "edge", "cli");
    assertThat(Rooms.forbiddenTo("cli")).containsExactly("bench", "e2e", "train");
    assertThat(Rooms.usableBy("bench")).contains("locate", "train").doesNotContain("cli");
    assertThat(Rooms.forbiddenTo("e2e")).isEmpty();
  }

  @Test
  void no_two_rooms_of_the_table_may_use_each_other() {
    for (String room : Rooms.all()) {
      for (String used : Rooms.usableBy(room)) {
        assertThat(used.equals(room) || !Rooms.usableBy(used).contains(room))
            .as(room + " and " + used)
            .isTrue();
      }
    }
  }

  @Test
  void packages_belong_to_rooms() {
    assertThat(Rooms.of("dev.holdfast.locate")).isEqualTo("locate");
    assertThat(Rooms.of("dev.holdfast.server.pages")).isEqualTo("server");
    assertThat(Rooms.of("java.lang")).isEmpty();
  }

  @Test
  void a_forbidden_room_is_found() {
    assertThat(Rooms.forbiddenTo("locate")).contains("picture", "cli").doesNotContain("model");
    assertThat(breaks(HouseRules.usesNone("locate", List.of("model")), Locator.class)).isTrue();
    assertThat(breaks(HouseRules.usesNone("cli", List.of("locate")), LocateCommand.class)).isTrue();
    assertThat(breaks(HouseRules.usesNone("locate", List.of("picture")), Locator.class)).isFalse();
    assertThat(breaks(HouseRules.usesNone("model", Rooms.forbiddenTo("model")), Verdict.class))
        .isFalse();
  }

  @Test
  void a_room_that_is_still_to_come_breaks_no_rule() {
    assertThat(breaks(HouseRules.usesNone("server", List.of("cli")), Verdict.class)).isFalse();
    assertThat(breaks(HouseRules.isPure("detect"), Verdict.class)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TouchesFile.class,
        TouchesPath.class,
        TouchesNetwork.class,
        TouchesThread.class,
        TouchesExecutor.class,
        TouchesClock.class,
        TouchesNow.class,
        TouchesToday.class,
        TouchesMilliseconds.class,
        TouchesNanoseconds.class,
        TouchesRandom.class,
        TouchesMathRandom.class,
        TouchesSecureRandom.class,
        TouchesThreadLocalRandom.class,
        TouchesUuid.class,
        TouchesParallelStream.class,
        TouchesEnvironment.class
      })
  void whatever_is_not_pure_is_found(Class<?> type) {
    assertThat(breaks(HouseRules.isPure("cli"), type)).isTrue();
    assertThat(breaks(HouseRules.hasPureCore("cli"), type)).isTrue();
    assertThat(breaks(HouseRules.isPure("locate"), type)).isFalse();
  }

  @Test
  void a_core_may_not_use_the_rest_of_its_room() {
    ArchRule rule = HouseRules.hasPureCore("ledger");
    assertThat(breaks(rule, dev.holdfast.ledger.Hash.class)).isFalse();
    assertThat(breaks(rule, dev.holdfast.ledger.store.LogFolder.class)).isFalse();
    assertThat(
            HouseRules.isPure("ledger")
                .evaluate(
                    new com.tngtech.archunit.core.importer.ClassFileImporter()
                        .importClasses(dev.holdfast.ledger.store.LogFolder.class))
                .hasViolation())
        .as("the store touches the world, or the rule finds nothing")
        .isTrue();
  }

  @Test
  void records_of_given_moments_are_pure() {
    assertThat(breaks(HouseRules.isPure("cli"), Pure.class)).isFalse();
  }

  @Test
  void standard_streams_are_found() {
    ArchRule rule = HouseRules.leavesStandardStreamsAlone("cli");
    assertThat(breaks(rule, Prints.class)).isTrue();
    assertThat(breaks(rule, Traces.class)).isTrue();
    assertThat(breaks(rule, Pure.class)).isFalse();
  }

  record Pure(Instant at, List<String> names) {
    Instant later() {
      return at.plusSeconds(names.stream().count());
    }
  }

  record TouchesFile(File file) {}

  record TouchesPath(Path path) {
    boolean exists() {
      return Files.exists(path);
    }
  }

  record TouchesNetwork(URI uri) {}

  record TouchesThread(Thread thread) {}

  record TouchesExecutor(int threads) {
    ExecutorService start() {
      return Executors.newFixedThreadPool(threads);
    }
  }

  record TouchesClock(Clock clock) {}

  record TouchesNow(String name) {
    Instant now() {
      return Instant.now();
    }
  }

  record TouchesToday(String name) {
    LocalDate today() {
      return LocalDate.now(ZoneOffset.UTC);
    }
  }

  record TouchesMilliseconds(String name) {
    long now() {
      return System.currentTimeMillis();
    }
  }

  record TouchesNanoseconds(String name) {
    long now() {
      return System.nanoTime();
    }
  }

  record TouchesRandom(Random random) {}

  record TouchesMathRandom(String name) {
    double next() {
      return Math.random();
    }
  }

  record TouchesSecureRandom(SecureRandom random) {}

  record TouchesThreadLocalRandom(String name) {
    int next() {
      return ThreadLocalRandom.current().nextInt();
    }
  }

  record TouchesUuid(String name) {
    UUID next() {
      return UUID.randomUUID();
    }
  }

  record TouchesParallelStream(int count) {
    int sum() {
      return IntStream.range(0, count).parallel().sum();
    }
  }

  record TouchesEnvironment(String name) {
    String value() {
      return String.valueOf(System.getenv(name));
    }
  }

  record Prints(String text) {
    void print() {
      System.out.println(text);
    }
  }

  record Traces(Exception exception) {
    void print() {
      exception.printStackTrace();
    }
  }
}
