package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Names;
import dev.holdfast.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A case with what it stands on: the data part of a dossier. The page that people read is a pure
 * function of it and of what its entries prove ({@link DossierPage}).
 *
 * @param language of the page
 * @param facts what the server that made it states of the case
 * @param settings under which places are judged
 * @param findings what was found, oldest first
 * @param checkpoint the signed tree of the log that holds the entries
 * @param entries statements, in the order of the log
 * @param blobs what statements name by hash: transcripts
 * @param bundles verdicts about hosts and chips of the case
 * @param leftOut what there was no room for
 */
public record CaseDossier(
    Locale language,
    Facts facts,
    BundleSettings settings,
    List<Stated> findings,
    SignedCheckpoint checkpoint,
    List<VerdictBundle.Entry> entries,
    List<VerdictBundle.Blob> blobs,
    List<VerdictBundle> bundles,
    LeftOut leftOut) {
  /** What the field {@code format} says. */
  public static final String FORMAT = "https://holdfast.dev/case-dossier/v1";

  /** The page that follows from the data; one more whenever the same data give another page. */
  public static final int PAGE = 1;

  /** The most octets of a dossier, page and data together: 64 MiB. */
  public static final int LARGEST = 64 << 20;

  /** The most findings that one holds. */
  public static final int MOST_FINDINGS = 500;

  /** The most bundles that one holds. */
  public static final int MOST_BUNDLES = 16;

  /** The most names of a kind that the facts hold. */
  public static final int MOST_NAMES = 500;

  /**
   * What is stated of a case, on the word of the server alone.
   *
   * @param state open, assigned, proposed or closed
   * @param assignee who works on it; null where nobody does
   * @param proposer who wants it closed; null where nobody does
   * @param outcome that was proposed or decided; null where none was
   */
  public record Facts(
      long number,
      String state,
      Severity severity,
      Instant since,
      Instant last,
      @Nullable String assignee,
      @Nullable String proposer,
      @Nullable String outcome,
      List<String> sites,
      List<String> hosts,
      List<String> boards,
      List<String> chips,
      boolean simulated) {
    private static final List<String> STATES = List.of("open", "assigned", "proposed", "closed");
    private static final List<String> OUTCOMES =
        List.of("explained", "mistaken", "diverted", "unresolved");

    public Facts {
      requireNonNull(severity, "severity");
      requireNonNull(since, "since");
      requireNonNull(last, "last");
      if (!STATES.contains(state)) {
        throw new IllegalArgumentException("a state is one of " + STATES);
      }
      if (outcome != null && !OUTCOMES.contains(outcome)) {
        throw new IllegalArgumentException("an outcome is one of " + OUTCOMES);
      }
      if (assignee != null) {
        Names.check("assignee", assignee);
      }
      if (proposer != null) {
        Names.check("proposer", proposer);
      }
      sites = names("sites", sites);
      hosts = names("hosts", hosts);
      boards = names("boards", boards);
      chips = names("chips", chips);
    }

    private static List<String> names(String field, List<String> names) {
      names.forEach(each -> Names.check(field, each));
      return List.copyOf(names);
    }
  }

  /**
   * A finding as the server states it.
   *
   * @param shown whether the entries that caused it are here
   * @param follows whether it follows from the entries that are here; a silence never does
   */
  public record Stated(Finding finding, boolean shown, boolean follows, boolean simulated) {
    public Stated {
      requireNonNull(finding, "finding");
      if (!finding.reason().code().equals("watch." + finding.kind())) {
        throw new IllegalArgumentException("the sentence of a finding is that of its kind");
      }
      if (follows && !shown) {
        throw new IllegalArgumentException("what is not shown does not follow");
      }
    }
  }

  /** How many there are beside what is here. */
  public record LeftOut(long findings, long entries, long bundles) {
    /** All is here. */
    public static final LeftOut NOTHING = new LeftOut(0, 0, 0);

    public LeftOut {
      if (findings < 0 || entries < 0 || bundles < 0) {
        throw new IllegalArgumentException("a number is negative");
      }
    }
  }

  public CaseDossier {
    requireNonNull(facts, "facts");
    requireNonNull(settings, "settings");
    requireNonNull(checkpoint, "checkpoint");
    requireNonNull(leftOut, "leftOut");
    if (!MessageCatalogue.LANGUAGES.contains(language)) {
      throw new IllegalArgumentException("there are no words of this language");
    }
    findings = List.copyOf(findings);
    entries = List.copyOf(entries);
    blobs = List.copyOf(blobs);
    bundles = List.copyOf(bundles);
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i).index() <= entries.get(i - 1).index()) {
        throw new IllegalArgumentException("entries are not in the order of the log");
      }
    }
    if (blobs.stream().map(VerdictBundle.Blob::name).distinct().count() < blobs.size()) {
      throw new IllegalArgumentException("two blobs have one name");
    }
  }

  /**
   * Reads the data of a dossier out of its page. Whether the page is the one of these data, {@link
   * DossierVerifier} says.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_DOSSIER, MALFORMED_JSON or INPUT_TOO_LARGE, with the field
   */
  public static CaseDossier parse(byte[] octets, String source) {
    return DossierReader.read(octets, source);
  }
}
