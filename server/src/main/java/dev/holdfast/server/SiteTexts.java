package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Times;
import dev.holdfast.model.Reason;
import dev.holdfast.policy.QuestionReader;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that can be read in words about a site, each with a stable name and the place in the
 * pages that shows it. What is measured and judged is said in sentences of the catalogue; what
 * people wrote stays in their words and language. A key is located, not a chip, and so the verdicts
 * say. Pure.
 */
final class SiteTexts {
  /** The most characters of one text: a note's title, two line ends and its text. */
  static final int LONGEST = NoteStatement.LONGEST_TEXT + 202;

  private final SiteRecord record;
  private final MessageCatalogue catalogue;
  private final List<SiteText> texts = new ArrayList<>();

  private SiteTexts(SiteRecord record, MessageCatalogue catalogue) {
    this.record = record;
    this.catalogue = catalogue;
  }

  /**
   * The texts of a site: the site, its hosts each with its verdict, chips, boards, changes of
   * verdicts, findings, decisions that name it, notes, comments. There are at most as many as
   * {@link SiteRecords} reads.
   */
  static List<SiteText> of(SiteRecord record, MessageCatalogue catalogue) {
    SiteTexts made = new SiteTexts(record, catalogue);
    made.site();
    record.hosts().forEach(made::host);
    record.chips().forEach(made::chip);
    record.boards().forEach(made::board);
    record.verdicts().forEach(made::verdict);
    record.findings().forEach(made::finding);
    record.decisions().forEach(made::decision);
    record.notes().forEach(made::note);
    record.comments().forEach(made::comment);
    return List.copyOf(made.texts);
  }

  private void site() {
    FleetItem.Site site = record.site();
    String said =
        catalogue.say(
            "text.site",
            site.name(),
            site.id(),
            Locale.of("", site.destination()).getDisplayCountry(catalogue.language()),
            site.operator(),
            number("%.0f", site.radius().kilometres()),
            number("%.3f", site.place().latitude()),
            number("%.3f", site.place().longitude()));
    Double power = site.powerKw();
    add(
        SiteText.Kind.SITE,
        "site " + site.id(),
        simulated(
            power == null
                ? said
                : joined(List.of(said, catalogue.say("text.site-power", number("%.0f", power)))),
            site.simulated()),
        siteLink());
  }

  private void host(SiteRecord.Host host) {
    String link = hostLink(host.id());
    add(
        SiteText.Kind.HOST,
        "host " + host.id(),
        simulated(catalogue.say("text.host", host.id(), record.site().name()), host.simulated()),
        link);
    Reason reason = host.reason();
    Instant at = host.judgedAt();
    if (reason != null && at != null) {
      add(
          SiteText.Kind.VERDICT,
          "host " + host.id() + ": verdict",
          judged(
              host.id(),
              at,
              catalogue.say("page.state." + host.place().name()),
              reason,
              host.simulated()),
          link);
    }
  }

  private String judged(String host, Instant at, String word, Reason reason, boolean simulated) {
    return simulated(
        catalogue.say("text.verdict", host, Times.print(at), word, sentence(reason)), simulated);
  }

  private void chip(SiteRecord.Chip chip) {
    FleetItem.Chip listed = chip.listed();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        catalogue.say(
            "text.chip", listed.id(), listed.model(), listed.host() == null ? "-" : listed.host()));
    if (!listed.aliases().isEmpty()) {
      sentences.add(catalogue.say("text.chip-aliases", String.join(", ", listed.aliases())));
    }
    var signed = chip.signed();
    if (signed != null) {
      sentences.add(catalogue.say("text.chip-signed", signed.host(), Times.print(signed.at())));
    }
    add(
        SiteText.Kind.CHIP,
        "chip " + listed.id(),
        simulated(joined(sentences), listed.simulated()),
        "#/chips/" + encoded(listed.id()));
  }

  private void board(SiteRecord.Standing standing) {
    add(
        SiteText.Kind.BOARD,
        "board " + standing.board().id(),
        simulated(BoardSentences.grade(standing.board(), catalogue), standing.simulated()),
        boardLink(standing.board().id()));
  }

  private void verdict(SiteRecord.Changed changed) {
    add(
        SiteText.Kind.VERDICT,
        "verdict " + changed.id(),
        judged(
            changed.host(),
            changed.at(),
            catalogue.say("verdict." + changed.verdict()),
            changed.reason(),
            changed.simulated()),
        hostLink(changed.host()));
  }

  private void finding(SiteRecord.Found found) {
    add(
        SiteText.Kind.FINDING,
        "finding " + found.id(),
        simulated(
            catalogue.say("text.finding", Times.print(found.at()), sentence(found.reason())),
            found.simulated()),
        switch (found.kind()) {
          case "chip" -> "#/chips/" + encoded(found.subject());
          case "board" -> boardLink(found.subject());
          default -> hostLink(found.subject());
        });
  }

  /** With what was asked, since that is what names the site; the order is that of the fields. */
  private void decision(SiteRecord.Decided decided) {
    Map<String, String> question = decided.said().kept().question();
    List<String> fields = QuestionReader.FIELDS.stream().filter(question::containsKey).toList();
    add(
        SiteText.Kind.DECISION,
        "decision " + decided.index(),
        joined(
            List.of(
                sentence(decided.said().reason()),
                catalogue.say(
                    "text.decision-question",
                    fields.stream()
                        .map(name -> name + " " + question.get(name))
                        .collect(Collectors.joining(", "))))),
        fields.stream()
            .map(name -> name + "=" + encoded(question.getOrDefault(name, "")))
            .collect(Collectors.joining("&", "#/decide?", "")));
  }

  private void note(SiteRecord.Noted noted) {
    add(
        SiteText.Kind.NOTE,
        "note " + noted.index(),
        noted.said().title() + "\n\n" + noted.said().text(),
        siteLink() + "?note=" + noted.index());
  }

  private void comment(SiteRecord.Commented commented) {
    add(
        SiteText.Kind.COMMENT,
        "comment " + commented.index(),
        sentence(commented.reason()),
        siteLink());
  }

  private void add(SiteText.Kind kind, String name, String text, String link) {
    int end = Math.min(text.length(), LONGEST);
    // Not in the middle of a character.
    boolean splits = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    texts.add(new SiteText(kind, name, text.substring(0, splits ? end - 1 : end), link));
  }

  private String simulated(String said, boolean simulated) {
    return simulated ? joined(List.of(said, catalogue.say("text.simulated"))) : said;
  }

  /** One behind the other; Chinese and Japanese have no blanks between sentences. */
  private String joined(List<String> sentences) {
    return String.join(catalogue.language().equals(Locale.ENGLISH) ? " " : "", sentences);
  }

  private String sentence(Reason reason) {
    return ReportForm.sentence(reason, catalogue);
  }

  private static String number(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }

  private String siteLink() {
    return "#/sites/" + encoded(record.site().id());
  }

  /** A host has no page of its own; its chips are in a list. */
  private static String hostLink(String host) {
    return "#/fleet?host=" + encoded(host);
  }

  private static String boardLink(String board) {
    return "#/boards/" + encoded(board);
  }

  /** As the pages decode it, in a path and in a query. */
  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
