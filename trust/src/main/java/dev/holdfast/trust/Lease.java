package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Names;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A lease: an attestation result about a host that counts for a short time, for one audience, in
 * the hands of one key. Who is shown none that counts does not start work; nothing else follows,
 * and nobody can be made to stop by it.
 *
 * @param id unique to the lease
 * @param host that it is about
 * @param key of the host, which whoever shows the lease must prove to have (RFC 7800)
 * @param chips in the host, by what they are keyed by; 1 to {@value Ear#MOST_SUBMODULES}
 * @param site that the host is declared to be at
 * @param licences that its chips are under, by their numbers; 1 to {@value #MOST_LICENCES}
 * @param audience who may take it
 * @param issued whole seconds
 * @param expires whole seconds; after {@code issued} by {@link #LONGEST} at most
 * @param checkpoint the signed note of the log that it rests on, with its cosignatures
 * @param simulated whether it belongs to a simulation
 */
public record Lease(
    String id,
    TargetId host,
    StatementKey key,
    SortedSet<String> chips,
    String site,
    SortedSet<String> licences,
    String audience,
    Instant issued,
    Instant expires,
    String checkpoint,
    boolean simulated) {
  /** For how long a lease counts at most. */
  public static final Duration LONGEST = Duration.ofHours(1);

  /** The most licences of one lease. */
  public static final int MOST_LICENCES = 256;

  /** The most characters of a checkpoint. */
  public static final int LONGEST_CHECKPOINT = 16_384;

  public Lease {
    Names.check("id", id);
    requireNonNull(host, "host");
    requireNonNull(key, "key");
    chips = copy("chip", chips, Ear.MOST_SUBMODULES);
    Names.check("site", site);
    licences = copy("licence", licences, MOST_LICENCES);
    Names.check("audience", audience);
    if (!issued.equals(issued.truncatedTo(ChronoUnit.SECONDS))
        || !expires.equals(expires.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("times of a lease are whole seconds");
    }
    if (!expires.isAfter(issued) || expires.isAfter(issued.plus(LONGEST))) {
      throw new IllegalArgumentException(
          "a lease counts for an hour at most, from when it is issued");
    }
    if (!isCheckpoint(checkpoint)) {
      throw new IllegalArgumentException("it is no checkpoint: text, an empty line, signatures");
    }
  }

  private static SortedSet<String> copy(String what, SortedSet<String> names, int most) {
    if (names.isEmpty() || names.size() > most) {
      throw new IllegalArgumentException("a lease names 1 to " + most + " of each " + what);
    }
    names.forEach(each -> Names.check(what, each));
    return Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /** Whether a text has the form of a signed checkpoint; who signed it is another question. */
  private static boolean isCheckpoint(String text) {
    int end = text.indexOf("\n\n");
    return text.length() <= LONGEST_CHECKPOINT
        && end > 0
        && text.endsWith("\n")
        && text.substring(0, end).lines().count() >= 3
        && text.substring(end + 2).lines().count() >= 1
        && text.substring(end + 2).lines().allMatch(line -> line.startsWith("\u2014 "));
  }
}
