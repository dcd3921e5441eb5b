package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Severity;
import dev.holdfast.trust.StatementTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads dossiers out of hostile octets. */
final class DossierReader {
  private static final int MOST_ARGUMENTS = 16;
  private static final int MOST_CAUSES = 16_384;

  private DossierReader() {}

  static CaseDossier read(byte[] octets, String source) {
    byte[] data = DossierFile.data(octets, source);
    JsonFields fields =
        JsonFields.read(data, source, CaseDossier.LARGEST, ErrorCode.MALFORMED_DOSSIER);
    String format = fields.text("format");
    if (!format.equals(CaseDossier.FORMAT)) {
      throw fields.refuse(
          "format", "it is " + Problem.quote(format) + " and not " + CaseDossier.FORMAT);
    }
    long page = fields.whole("page");
    if (page != CaseDossier.PAGE) {
      throw fields.refuse(
          "page",
          "it is "
              + page
              + "; this version of Holdfast checks pages of number "
              + CaseDossier.PAGE
              + " alone");
    }
    Locale language = fields.value("language", DossierReader::language);
    CaseDossier.Facts facts = facts(fields.fields("case"));
    BundleSettings settings = BundleReader.settings(fields.fields("settings"));
    List<CaseDossier.Stated> findings =
        fields.items("findings", CaseDossier.MOST_FINDINGS).stream()
            .map(DossierReader::stated)
            .toList();
    JsonFields evidence = fields.fields("evidence");
    SignedCheckpoint checkpoint =
        BundleReader.recoded(
            evidence,
            "checkpoint",
            () -> SignedCheckpoint.parse(evidence.text("checkpoint").getBytes(UTF_8)));
    List<VerdictBundle.Entry> entries = BundleReader.entries(evidence);
    List<VerdictBundle.Blob> blobs = BundleReader.blobs(evidence);
    evidence.requireNothingElse();
    List<VerdictBundle> bundles =
        fields.items("bundles", CaseDossier.MOST_BUNDLES).stream().map(BundleReader::read).toList();
    CaseDossier.LeftOut leftOut = leftOut(fields.fields("leftOut"));
    fields.requireNothingElse();
    return fields.made(
        "evidence",
        () ->
            new CaseDossier(
                language, facts, settings, findings, checkpoint, entries, blobs, bundles, leftOut));
  }

  private static Locale language(String word) {
    return MessageCatalogue.supported(word)
        .orElseThrow(() -> new IllegalArgumentException("it is not en, zh or ja"));
  }

  private static CaseDossier.LeftOut leftOut(JsonFields fields) {
    CaseDossier.LeftOut leftOut =
        new CaseDossier.LeftOut(
            fields.whole("findings"), fields.whole("entries"), fields.whole("bundles"));
    fields.requireNothingElse();
    return leftOut;
  }

  private static CaseDossier.Facts facts(JsonFields fields) {
    long number = fields.whole("number");
    String state = fields.text("state");
    Severity severity = fields.value("severity", DossierReader::severity);
    Instant since = fields.value("since", StatementTime::parse);
    Instant last = fields.value("last", StatementTime::parse);
    String assignee = perhaps(fields, "assignee");
    String proposer = perhaps(fields, "proposer");
    String outcome = perhaps(fields, "outcome");
    List<String> sites = fields.texts("sites", CaseDossier.MOST_NAMES);
    List<String> hosts = fields.texts("hosts", CaseDossier.MOST_NAMES);
    List<String> boards = fields.texts("boards", CaseDossier.MOST_NAMES);
    List<String> chips = fields.texts("chips", CaseDossier.MOST_NAMES);
    boolean simulated = fields.truth("simulated");
    fields.requireNothingElse();
    return fields.made(
        "",
        () ->
            new CaseDossier.Facts(
                number, state, severity, since, last, assignee, proposer, outcome, sites, hosts,
                boards, chips, simulated));
  }

  private static @Nullable String perhaps(JsonFields fields, String name) {
    return fields.has(name) ? fields.text(name) : null;
  }

  private static CaseDossier.Stated stated(JsonFields fields) {
    String kind = fields.text("kind");
    Severity severity = fields.value("severity", DossierReader::severity);
    String subject = fields.text("subject");
    List<String> arguments = fields.texts("arguments", MOST_ARGUMENTS);
    Instant at = fields.value("at", StatementTime::parse);
    List<Long> causes =
        fields.texts("causes", MOST_CAUSES).stream()
            .map(each -> fields.made("causes", () -> index(each)))
            .toList();
    List<String> about = fields.texts("about", MOST_CAUSES);
    boolean shown = fields.truth("shown");
    boolean follows = fields.truth("follows");
    boolean simulated = fields.truth("simulated");
    fields.requireNothingElse();
    Reason reason = new Reason("watch." + kind, arguments);
    if (!DossierWords.hasSentence(reason.code())) {
      throw fields.refuse("kind", "there is no finding of this kind");
    }
    return fields.made(
        "kind",
        () ->
            new CaseDossier.Stated(
                new Finding(kind, severity, subject, reason, at, causes, about),
                shown,
                follows,
                simulated));
  }

  private static long index(String text) {
    if (!text.matches("0|[1-9][0-9]{0,15}") || Long.parseLong(text) > JsonFields.LARGEST) {
      throw new IllegalArgumentException("it is not the index of an entry");
    }
    return Long.parseLong(text);
  }

  private static Severity severity(String word) {
    return Arrays.stream(Severity.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it is not low, medium or high"));
  }
}
