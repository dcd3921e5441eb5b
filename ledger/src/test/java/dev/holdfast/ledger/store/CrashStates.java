package dev.holdfast.ledger.store;

import dev.holdfast.ledger.store.Promises.Promised;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Crashes a store after each operation of its disk, and fails each operation, and asks each time
 * whether what was promised still holds.
 *
 * <p>A workload may use threads: what is crashed is the order in which the disk saw its operations,
 * and a promise is held against a crash only where it was made before.
 */
final class CrashStates {
  private static final Duration LONGEST_RUN = Duration.ofSeconds(30);

  private final Workload workload;
  private final Checker checker;
  private final Supplier<SimulatedDisk> disks;
  private final int torn;

  /** Starts on an empty disk; 4 torn crashes for each operation. */
  CrashStates(Workload workload, Checker checker) {
    this(workload, checker, SimulatedDisk::new, 4);
  }

  private CrashStates(Workload workload, Checker checker, Supplier<SimulatedDisk> disks, int torn) {
    this.workload = workload;
    this.checker = checker;
    this.disks = disks;
    this.torn = torn;
  }

  /**
   * Uses a store, and ends its threads before it returns.
   *
   * <p>What it throws after an operation was made to fail is taken as the store's answer; in a run
   * without faults it fails the test.
   */
  interface Workload {
    void run(SimulatedDisk disk, Promises promises) throws Exception;
  }

  /** Opens the store on the disk that a crash left, and throws where a promise is broken. */
  interface Checker {
    void check(SimulatedDisk image, Promised promised) throws Exception;
  }

  /** What was gone through: to be asserted on, lest nothing was. */
  record Tally(int runs, int operations, int images, int checked) {
    Tally plus(Tally other) {
      return new Tally(
          runs + other.runs,
          operations + other.operations,
          images + other.images,
          checked + other.checked);
    }
  }

  /** The same on disks that hold something; the supplier makes a new disk each time. */
  CrashStates on(Supplier<SimulatedDisk> supplier) {
    return new CrashStates(workload, checker, supplier, torn);
  }

  /** The same with another number of torn crashes for each operation. */
  CrashStates torn(int count) {
    return new CrashStates(workload, checker, disks, count);
  }

  /** Runs the workload once, and checks every crash form after each of its operations. */
  Tally everyCrash() {
    SimulatedDisk disk = disks.get();
    Promises promises = new Promises(disk);
    finish(disk, promises, "without a fault");
    Checks checks = new Checks(disk, promises, "");
    for (int k = 0; k <= disk.operations(); k++) {
      checks.everyForm(k, torn);
    }
    return checks.tally();
  }

  /**
   * Crashes, lets the store recover on what is left, and crashes the recovery after each of its
   * operations.
   *
   * @param recovery opens the store, and may go on to use it
   * @param step the first crash comes after each so many operations; 1 for each of them
   */
  Tally everyCrashDuring(Workload recovery, int step) {
    SimulatedDisk disk = disks.get();
    Promises promises = new Promises(disk);
    finish(disk, promises, "without a fault");
    SimulatedDisk.Replay replay = disk.replay();
    Set<String> seen = new HashSet<>();
    Tally tally = new Tally(0, 0, 0, 0);
    for (int k = 0; k <= disk.operations(); k += step) {
      replay.advance(k);
      Promised promised = promises.after(k);
      for (CrashForm form : List.of(CrashForm.LOST, CrashForm.KEPT, CrashForm.TORN)) {
        SimulatedDisk image = replay.image(form, k);
        if (seen.add(image.fingerprint() + " " + promised.counts())) {
          String first = form + " after " + k + " operations " + last(disk, k) + ", then ";
          Promises again = new Promises(image, promised);
          new CrashStates(recovery, checker, disks, torn).finish(image, again, first + "recovery");
          Checks checks = new Checks(image, again, first);
          for (int j = 0; j <= image.operations(); j++) {
            checks.everyForm(j, 1);
          }
          tally = tally.plus(checks.tally());
        }
      }
    }
    return tally;
  }

  /** As {@link #everyFault(int)}, of each operation. */
  Tally everyFault() {
    return everyFault(1);
  }

  /**
   * Runs the workload anew for each operation and each kind of fault, until it ends without
   * reaching the fault; then checks what is left while the machine runs on, and after losses of
   * power at the end and wherever something was promised after the fault.
   *
   * @param step 1 for each operation, 3 for every third
   */
  Tally everyFault(int step) {
    Tally tally = new Tally(0, 0, 0, 0);
    for (FaultKind kind : FaultKind.values()) {
      boolean reached = true;
      for (int n = 0; reached; n += step) {
        int operation = n;
        SimulatedDisk disk = disks.get();
        disk.failAt(operation, kind);
        tally = tally.plus(fault(disk, operation, "operation " + n + " " + kind + ", "));
        reached = disk.faultReached();
      }
    }
    return tally;
  }

  /**
   * Runs the workload anew with a disk that is full from each operation on, until it ends without
   * meeting that, and checks as {@link #everyFault} does.
   */
  Tally everyFullDisk() {
    Tally tally = new Tally(0, 0, 0, 0);
    boolean reached = true;
    for (int n = 0; reached; n++) {
      SimulatedDisk disk = disks.get();
      disk.failFrom(n);
      tally = tally.plus(fault(disk, n, "disk full from operation " + n + ", "));
      reached = disk.faultReached();
    }
    return tally;
  }

  private Tally fault(SimulatedDisk disk, int operation, String story) {
    Promises promises = new Promises(disk);
    finish(disk, promises, story);
    Checks checks = new Checks(disk, promises, story);
    NavigableSet<Integer> moments = new TreeSet<>(promises.moments().tailSet(operation, true));
    for (int moment : moments) {
      checks.form(moment, CrashForm.LOST, 0);
    }
    checks.everyForm(disk.operations(), torn);
    return checks.tally();
  }

  /** Runs the workload to its end. */
  private void finish(SimulatedDisk disk, Promises promises, String story) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("workload")
            .start(() -> {
              try {
                workload.run(disk, promises);
              } catch (Throwable thrown) {
                failure.set(thrown);
              }
            });
    try {
      if (!thread.join(LONGEST_RUN)) {
        AssertionError hangs = new AssertionError("The workload hangs: " + story);
        hangs.setStackTrace(thread.getStackTrace());
        throw hangs;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error || (thrown != null && !disk.faultReached())) {
      throw new AssertionError("The workload fails: " + story + tail(disk), thrown);
    }
  }

  private static String last(SimulatedDisk disk, int k) {
    return k == 0 ? "" : "(" + disk.story().get(k - 1) + ")";
  }

  private static String tail(SimulatedDisk disk) {
    return "\n  " + String.join("\n  ", disk.story());
  }

  /** Checks the images of one run, each that looks the same with the same promises only once. */
  private final class Checks {
    private final SimulatedDisk disk;
    private final Promises promises;
    private final String story;
    private final SimulatedDisk.Replay replay;
    private final Set<String> seen = new HashSet<>();
    private int images;

    private Checks(SimulatedDisk disk, Promises promises, String story) {
      this.disk = disk;
      this.promises = promises;
      this.story = story;
      this.replay = disk.replay();
    }

    private Tally tally() {
      return new Tally(1, disk.operations(), images, seen.size());
    }

    private void everyForm(int k, int seeds) {
      for (CrashForm form : CrashForm.values()) {
        for (int seed = 0; seed < (form == CrashForm.TORN ? seeds : 1); seed++) {
          form(k, form, 1000L * k + seed);
        }
      }
    }

    private void form(int k, CrashForm form, long seed) {
      replay.advance(k);
      SimulatedDisk image = replay.image(form, seed);
      Promised promised = promises.after(k);
      images++;
      if (!seen.add(image.fingerprint() + " " + promised.counts())) {
        return;
      }
      try {
        checker.check(image, promised);
      } catch (Exception | AssertionError broken) {
        List<String> found = new ArrayList<>();
        SimulatedDisk untouched = image.afterCrash(0, CrashForm.KEPT, 0);
        untouched.tree().forEach((path, octets) -> found.add(path + " " + octets.length));
        String torn = form == CrashForm.TORN ? " seed " + seed : "";
        throw new AssertionError(
            "%sa crash %s%s after %d operations %s breaks a promise (%s): %s%nOn the disk: %s%nOperations:%s"
                .formatted(
                    story,
                    form,
                    torn,
                    k,
                    last(disk, k),
                    promised.counts(),
                    broken,
                    found,
                    tail(disk)),
            broken);
      }
    }
  }
}
