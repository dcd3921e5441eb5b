package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.Lease;
import dev.holdfast.trust.LeaseVerifier;
import dev.holdfast.trust.SigningKey;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.store.HeldKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that leases are signed with: the present one, and those before it for as long as a lease
 * under them may count. Until one is made, the server's own key is the present one.
 *
 * <p>Each lies in a file of its owner alone whose name says from when on it signs, so that the key
 * that is there last is the present one, whatever is interrupted. What no lease counts under any
 * more is deleted. Safe for many threads.
 */
final class LeaseKeys {
  /** How many keys may be published at once; a set has room for more. */
  static final int MOST = 16;

  /** After so long no lease of a key counts, by whatever clock. */
  static final Duration COUNTS = Lease.LONGEST.plus(LeaseVerifier.LONGEST_SKEW);

  private static final Pattern NAME = Pattern.compile("lease-([0-9]{13})\\.key");

  private final Path folder;
  private final HeldKey own;
  private final InstantSource clock;
  private final SecureRandom random;

  /** The earliest first. */
  private final List<Kept> kept = new ArrayList<>();

  private record Kept(Path file, HeldKey key, Instant from) {}

  private LeaseKeys(Path folder, HeldKey own, InstantSource clock, SecureRandom random) {
    this.folder = requireNonNull(folder, "folder");
    this.own = requireNonNull(own, "own");
    this.clock = requireNonNull(clock, "clock");
    this.random = requireNonNull(random, "random");
  }

  /**
   * The keys in a folder.
   *
   * @param own the server's, which signs leases where no other was made
   * @throws CodedException BAD_KEY_FILE where others may reach one, or it is none
   */
  static LeaseKeys open(Path folder, HeldKey own, InstantSource clock, SecureRandom random)
      throws IOException {
    LeaseKeys keys = new LeaseKeys(folder, own, clock, random);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "lease-*.key")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          Instant from = Instant.ofEpochMilli(Long.parseLong(name.group(1)));
          keys.kept.add(new Kept(file, HeldKey.read(file), from));
        }
      }
    }
    keys.kept.sort(Comparator.comparing(Kept::from));
    return keys;
  }

  /** What signs the next lease. */
  synchronized SigningKey present() {
    return (kept.isEmpty() ? own : kept.getLast().key()).signing();
  }

  /**
   * The keys under which a lease may count now, the present one first; the server's own is last.
   */
  synchronized List<StatementKey> published() {
    Set<StatementKey> keys = new LinkedHashSet<>();
    for (Kept each : counting().reversed()) {
      keys.add(each.key().publicKey());
    }
    keys.add(own.publicKey());
    return List.copyOf(keys);
  }

  /** A key counts until all that it signed has expired: so long after the next one began. */
  private List<Kept> counting() {
    Instant now = clock.instant();
    List<Kept> counting = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      if (i == kept.size() - 1 || now.isBefore(kept.get(i + 1).from().plus(COUNTS))) {
        counting.add(kept.get(i));
      }
    }
    return counting;
  }

  /**
   * Makes another key the present one.
   *
   * @return its public half
   * @throws CodedException TOO_BUSY where too many count at once; FILE_UNWRITABLE
   */
  synchronized StatementKey change() {
    List<Kept> counting = counting();
    if (counting.size() >= MOST) {
      throw new CodedException(
          Problem.of(
              ErrorCode.TOO_BUSY,
              "leases count under "
                  + MOST
                  + " keys now: wait until the first of them has expired"));
    }
    Instant from = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (!kept.isEmpty() && !from.isAfter(kept.getLast().from())) {
      // A clock that was set back must not make an earlier key the present one.
      from = kept.getLast().from().plusMillis(1);
    }
    HeldKey fresh = HeldKey.generate(random);
    Path file = folder.resolve("lease-%013d.key".formatted(from.toEpochMilli()));
    fresh.write(file);
    for (Kept each : kept) {
      if (!counting.contains(each)) {
        delete(each.file());
      }
    }
    kept.retainAll(counting);
    kept.add(new Kept(file, fresh, from));
    return fresh.publicKey();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.FILE_UNWRITABLE,
              "the key is past and cannot be deleted: " + e.getMessage()),
          e);
    }
  }
}
