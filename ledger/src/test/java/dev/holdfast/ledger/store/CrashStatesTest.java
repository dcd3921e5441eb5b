package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ledger.store.CrashStates.Tally;
import dev.holdfast.ledger.store.Promises.Promised;
import dev.holdfast.ledger.store.ToyStore.Flaw;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CrashStatesTest {
  private static final Set<Flaw> NONE = EnumSet.noneOf(Flaw.class);

  @Test
  void a_right_store_survives_every_crash() {
    Tally tally = states(NONE).torn(20).everyCrash();
    assertThat(tally.operations()).isGreaterThan(50);
    assertThat(tally.images()).isEqualTo(25 * (tally.operations() + 1));
    assertThat(tally.checked()).isBetween(60, tally.images());
  }

  @Test
  void a_right_store_survives_crashes_while_it_recovers() {
    Tally tally =
        states(NONE)
            .everyCrashDuring((disk, promises) -> fill(disk, promises, NONE, "again", 3), 1);
    assertThat(tally.runs()).isGreaterThan(50);
    assertThat(tally.checked()).isGreaterThan(1000);
  }

  @Test
  void a_right_store_survives_every_fault() {
    Tally tally = states(NONE).everyFault();
    assertThat(tally.runs()).isGreaterThan(150);
  }

  @Test
  void a_right_store_survives_a_full_disk() {
    assertThat(states(NONE).everyFullDisk().runs()).isGreaterThan(50);
  }

  @Test
  void a_right_store_with_threads_survives_crashes_and_faults() {
    CrashStates states =
        new CrashStates(CrashStatesTest::fillByThreads, (image, kept) -> check(image, kept, NONE));
    assertThat(states.everyCrash().checked()).isGreaterThan(50);
    assertThat(states.everyFault().runs()).isGreaterThan(50);
  }

  @ParameterizedTest
  @EnumSource(
      value = Flaw.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FORCES_AGAIN_AFTER_FAILURE", "GOES_ON_AFTER_FAILURE"})
  void a_wrong_store_is_caught_by_a_crash(Flaw flaw) {
    assertThatThrownBy(states(EnumSet.of(flaw))::everyCrash)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("breaks a promise")
        .hasMessageContaining("/toy/");
  }

  @ParameterizedTest
  @EnumSource(
      value = Flaw.class,
      names = {"FORCES_AGAIN_AFTER_FAILURE", "GOES_ON_AFTER_FAILURE"})
  void a_store_that_goes_on_after_a_failure_is_caught_by_a_fault(Flaw flaw) {
    assertThat(states(EnumSet.of(flaw)).everyCrash().checked()).isPositive();
    assertThatThrownBy(states(EnumSet.of(flaw))::everyFault)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("breaks a promise");
  }

  @Test
  void a_workload_that_fails_without_a_fault_is_told() {
    CrashStates states =
        new CrashStates(
            (disk, promises) -> {
              throw new IOException("of its own");
            },
            (image, promised) -> {});
    assertThatThrownBy(states::everyCrash)
        .isInstanceOf(AssertionError.class)
        .hasRootCauseMessage("of its own");
  }

  @Test
  void promises_hold_from_when_they_were_made() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    Promises promises = new Promises(disk);
    promises.submitted(text("a"));
    disk.open(ToyStore.FOLDER).close();
    promises.acknowledged(0, text("a"));
    promises.published(text("1"));
    assertThat(promises.after(0).counts()).isEqualTo("1 submitted, 0 acknowledged, 0 published");
    assertThat(promises.after(1).counts()).isEqualTo("1 submitted, 1 acknowledged, 1 published");
    assertThat(promises.moments()).containsExactly(1);
    promises.acknowledged(0, text("b"));
    assertThatThrownBy(() -> promises.after(1)).hasMessageContaining("two entries");
  }

  private static CrashStates states(Set<Flaw> flaws) {
    return new CrashStates(
        (disk, promises) -> fill(disk, promises, flaws, "entry", 8),
        (image, promised) -> check(image, promised, flaws));
  }

  private static void fill(
      SimulatedDisk disk, Promises promises, Set<Flaw> flaws, String text, int count)
      throws IOException {
    try (ToyStore store = new ToyStore(disk, flaws)) {
      for (int i = 0; i < count; i++) {
        byte[] entry = text((text + " " + i + ", ").repeat(1 + 40 * (i % 3)));
        promises.submitted(entry);
        store.append(entry, promises);
        store.publish(promises);
      }
    }
  }

  private static void fillByThreads(SimulatedDisk disk, Promises promises) throws Exception {
    try (ToyStore store = new ToyStore(disk, NONE);
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        byte[] entry = text("entry " + i);
        all.add(
            threads.submit(() -> {
              promises.submitted(entry);
              int index = store.append(entry, promises);
              store.publish(promises);
              return index;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void check(SimulatedDisk image, Promised promised, Set<Flaw> flaws)
      throws IOException {
    try (ToyStore store = new ToyStore(image, flaws)) {
      List<byte[]> entries = store.entries();
      promised
          .acknowledged()
          .forEach((index, entry) -> assertThat(entries.get(index.intValue())).isEqualTo(entry));
      for (byte[] entry : entries) {
        assertThat(promised.submitted()).anyMatch(one -> Arrays.equals(one, entry));
      }
      assertThat(store.published()).isLessThanOrEqualTo(entries.size());
      for (byte[] checkpoint : promised.published()) {
        assertThat(store.published()).isGreaterThanOrEqualTo(ByteBuffer.wrap(checkpoint).getInt());
      }
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
