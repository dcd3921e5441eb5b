package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.detect.ChipTie;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Role;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementCheck;
import dev.holdfast.trust.StatementVerifier;
import dev.holdfast.trust.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What entries of a log tell of the one chip that a question is about.
 *
 * <p>When a chip signed, only ticks can tell: not before the tick that made its challenge public,
 * since nobody could foretell that one, and not behind the first tick that stands behind the
 * evidence. What the host's clock says counts between the two, and nowhere else, so that whoever
 * reads the same entries finds the same moment.
 */
final class BundleChip {
  /** The next tick comes a while after the evidence was taken in. */
  private static final Duration FRESH = ChipAttestation.FRESH.plusMinutes(1);

  private final BundleQuestion question;
  private final EvidenceTrust trust;
  private final StatementVerifier servers;
  private final CertificateMemory certificates;
  private final SortedMap<Long, Tick> ticks = new TreeMap<>();

  /** The first tick with each challenge: whoever repeats one does not make it unforeseen again. */
  private final Map<String, Long> madePublic = new HashMap<>();

  private final SortedMap<Long, HostWord.Evidence> words = new TreeMap<>();
  private final SortedMap<Long, String> reasons = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  BundleChip(BundleQuestion question, EvidenceTrust trust) {
    this.question = question;
    this.trust = trust;
    servers = new StatementVerifier(KeyRing.of(trust.declarers()));
    certificates = new CertificateMemory(trust.certificates());
  }

  /**
   * That the chip signed for the key.
   *
   * @param entries that show it: the evidence, the tick of its challenge, and the one behind it
   */
  record Tied(ChipTie tie, Set<Long> entries) {
    Tied {
      entries = Set.copyOf(entries);
    }
  }

  /** A signature between two ticks. */
  private record Signature(Attested said, long index, long before, long behind) {}

  /**
   * Takes an entry in, whatever it is; in the order of the log.
   *
   * @throws dev.holdfast.base.CodedException where it is malformed, or its host did not sign it
   */
  void read(long index, Envelope envelope, Statement statement, String source) {
    if (statement.type().equals(Tick.TYPE)) {
      if (servers.check(envelope, source) instanceof StatementCheck.Refused refused) {
        reasons.put(index, "it is a tick of no key that you let declare: " + refused.reason());
      } else {
        reasons.put(index, "it is a tick, and no evidence that counts stands on it");
        Tick tick = Tick.read(statement, source);
        ticks.put(index, tick);
        tick.challenge().ifPresent(challenge -> madePublic.putIfAbsent(challenge, index));
      }
    } else if (statement.type().equals(HostWord.Evidence.TYPE)
        && HostWord.read(envelope, statement, source, certificates)
            instanceof HostWord.Evidence word) {
      words.put(index, word);
    }
  }

  /**
   * The tie of the chip to the key of these rounds; nothing where there is none. Of several the
   * last in the log counts.
   */
  Optional<Tied> tie(List<Bounded> rounds) {
    Optional<Tied> found = Optional.empty();
    for (Map.Entry<Long, HostWord.Evidence> each : words.entrySet()) {
      Optional<Tied> here =
          signature(each.getKey(), each.getValue()).flatMap(signature -> tie(signature, rounds));
      found = here.isPresent() ? here : found;
    }
    return found;
  }

  private Optional<Tied> tie(Signature signature, List<Bounded> rounds) {
    Optional<ChipTie> tie =
        ChipTie.of(
            signature.said(), signature.index(), rounds, question.settings().settings().window());
    if (tie.isEmpty()) {
      return unused(
          signature.index(), "the chip did not sign within the window of the newest round");
    }
    reasons.put(signature.index(), "the same chip signed again behind it");
    return tie.map(found ->
        new Tied(found, Set.of(signature.before(), signature.index(), signature.behind())));
  }

  private Optional<Signature> signature(long index, HostWord.Evidence word) {
    if (!word.certificate().identity().name().equals(question.host().value())
        || !word.certificate().key().id().hex().equals(question.key())) {
      return unused(index, "it is evidence for another key");
    }
    Optional<String> stranger = refused(word, word.at());
    if (stranger.isPresent()) {
      faults.add("entry " + index + ": " + stranger.get());
      return Optional.empty();
    }
    Long before = madePublic.get(HexFormat.of().formatHex(word.challenge()));
    SortedMap<Long, Tick> later = ticks.tailMap(index);
    if (before == null) {
      return unused(
          index, "it is not fresh: no tick of a key that you let declare holds its challenge");
    }
    if (before >= index) {
      return unused(index, "its challenge was made public behind it, by entry " + before);
    }
    if (later.isEmpty()) {
      return unused(
          index,
          "it is not fresh: no tick of a key that you let declare stands behind it and says by when"
              + " it was there");
    }
    return between(index, word, before, later.firstKey());
  }

  private Optional<Signature> between(
      long index, HostWord.Evidence word, long before, long behind) {
    Instant from = at(before);
    Instant until = at(behind);
    if (until.isBefore(from)) {
      return unused(index, "the ticks around it run backwards, from " + from + " to " + until);
    }
    return switch (ChipAttestation.of(word, trust.devices(), from, until, FRESH)) {
      case ChipAttestation.ProvesNothing(List<Reason> why) ->
          unused(index, english(why.getFirst()));
      case ChipAttestation.Counts(Attested said, List<Reason> _) -> {
        if (!said.chip().equals(question.id())) {
          yield unused(index, "it is evidence of another chip, " + said.chip());
        }
        if (!said.fresh()) {
          yield unused(
              index,
              "it is not fresh: its challenge was made public at "
                  + from
                  + ", and it was there by "
                  + until
                  + " only");
        }
        Optional<String> gone = refused(word, said.at());
        yield gone.isPresent()
            ? unused(index, gone.get())
            : Optional.of(new Signature(said, index, before, behind));
      }
    };
  }

  private Instant at(long tick) {
    return requireNonNull(ticks.get(tick)).at();
  }

  private Optional<String> refused(HostWord.Evidence word, Instant at) {
    return certificates.check(word.certificate(), Role.HOST, at)
            instanceof CertificateCheck.Refused(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  private <T> Optional<T> unused(long index, String why) {
    reasons.put(index, why);
    return Optional.empty();
  }

  private static String english(Reason reason) {
    return MessageCatalogue.in(Locale.ENGLISH).say(reason.code(), reason.arguments());
  }

  /** Why statements cannot be believed, in English. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /**
   * Why an entry shows nothing of the chip, in English; nothing for entries that are not about
   * chips.
   */
  Optional<String> whyUnused(long index) {
    return Optional.ofNullable(reasons.get(index));
  }
}
