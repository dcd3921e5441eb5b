package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.Times;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.locate.Atlas;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page of a dossier: what people read, and behind it the data that it follows from. The same
 * data, proving the same, give the same octets, so that whoever checks the data draws the page
 * again and sees whether a word was changed.
 *
 * <p>It holds all that it shows, asks for nothing, and runs nothing.
 */
final class DossierPage {
  private final CaseDossier dossier;
  private final DossierEvidence evidence;
  private final DossierWords words;
  private final DossierMarkup page = new DossierMarkup();
  private final Set<Long> present;

  private DossierPage(CaseDossier dossier, DossierEvidence evidence) {
    this.dossier = dossier;
    this.evidence = evidence;
    words = new DossierWords(dossier.language());
    present = evidence.words().stream().map(DossierWord::index).collect(Collectors.toSet());
  }

  /** The octets of the file. */
  static byte[] octets(CaseDossier dossier, DossierEvidence evidence, Atlas atlas) {
    return new DossierPage(dossier, evidence).html(atlas).getBytes(UTF_8);
  }

  private String html(Atlas atlas) {
    CaseDossier.Facts facts = dossier.facts();
    String title = words.say("case", String.valueOf(facts.number()));
    page.raw(DossierFile.BEGIN + dossier.language().getLanguage() + "\">\n<head>\n");
    page.raw("<meta charset=\"utf-8\">\n");
    page.raw(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
            + " 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.text("title", title + " · Holdfast");
    page.raw("<style>\n" + DossierStyle.sheet() + "</style>\n</head>\n<body>\n<main>\n");
    page.text("p", words.say("name"), "class", "name");
    page.text("h1", title);
    page.text("p", words.first(dossier), "class", "first");
    if (facts.simulated()) {
      page.text("p", words.say("simulated"), "class", "simulated");
    }
    page.text("p", words.say("read"), "class", "grey");
    facts();
    DossierPictures pictures = new DossierPictures(dossier, evidence, words);
    pictures("maps", pictures.maps(atlas));
    findings();
    pictures("boards", pictures.boards());
    acts();
    custody();
    sites();
    bundles();
    unchecked();
    verify();
    entries();
    page.raw("</main>\n").raw(DossierFile.block(dossier));
    return page.toString();
  }

  private void section(String key) {
    page.text("h2", words.say(key));
  }

  private void facts() {
    CaseDossier.Facts facts = dossier.facts();
    Checkpoint tree = dossier.checkpoint().checkpoint();
    section("facts");
    page.open("dl");
    fact("state", words.say("state." + facts.state()));
    fact("severity", mark(facts.severity()) + " " + severity(facts.severity()));
    fact("since", Times.print(facts.since()));
    fact("last", Times.print(facts.last()));
    fact("assignee", facts.assignee() == null ? "-" : facts.assignee());
    if (facts.outcome() != null) {
      fact(
          "outcome",
          words.say("outcome." + facts.outcome())
              + (facts.proposer() == null ? "" : " (" + facts.proposer() + ")"));
    }
    fact("sites", names(facts.sites()));
    fact("hosts", names(facts.hosts()));
    fact("boards", names(facts.boards()));
    fact("chips", names(facts.chips()));
    fact("log", words.say("tree", tree.origin(), String.valueOf(tree.size())));
    code("root", tree.root().base64());
    page.close("dl");
    page.text("p", words.say("facts-stated"), "class", "grey");
  }

  private void fact(String key, String value) {
    page.text("dt", words.say("fact." + key)).text("dd", value);
  }

  private void code(String key, String value) {
    page.text("dt", words.say("fact." + key));
    page.open("dd").text("code", value).close("dd");
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "-" : String.join(", ", names);
  }

  private String severity(Severity severity) {
    return words.say("severity." + severity.word());
  }

  private static String mark(Severity severity) {
    return switch (severity) {
      case LOW -> "○";
      case MEDIUM -> "▲";
      case HIGH -> "◆";
    };
  }

  private void pictures(String key, List<String> pictures) {
    if (pictures.isEmpty()) {
      return;
    }
    section(key);
    page.text("p", words.say(key + "-note"), "class", "grey");
    for (String picture : pictures) {
      // What scrolls on a narrow screen scrolls by keys too.
      page.open("figure", "tabindex", "0").raw(picture).close("figure");
    }
  }

  private void table(String... columns) {
    page.open("div", "class", "wide", "tabindex", "0").open("table").open("thead").open("tr");
    for (String column : columns) {
      page.text("th", words.say("column." + column), "scope", "col");
    }
    page.close("tr").close("thead").open("tbody");
  }

  private void endTable() {
    page.close("tbody").close("table").close("div");
  }

  private void findings() {
    section("findings");
    table("at", "weight", "what", "entries", "basis");
    for (CaseDossier.Stated each : dossier.findings()) {
      Finding finding = each.finding();
      page.open("tr");
      time(Times.print(finding.at()));
      page.open("td", "class", "weight " + finding.severity().word());
      page.text("span", mark(finding.severity()), "class", "mark", "aria-hidden", "true");
      page.text("span", severity(finding.severity())).close("td");
      page.open("td").text("span", words.of(finding.reason()));
      if (each.simulated()) {
        page.raw(" ").text("small", words.catalogue().say("map.simulated"));
      }
      page.close("td").open("td");
      for (long cause : finding.causes()) {
        link(cause);
      }
      page.close("td");
      page.text("td", basis(each), "class", "grey");
      page.close("tr");
    }
    endTable();
  }

  private String basis(CaseDossier.Stated stated) {
    return words.say(
        stated.follows() ? "basis.follows" : stated.shown() ? "basis.log" : "basis.missing");
  }

  private void time(String time) {
    page.text("td", time, "class", "time");
  }

  private void link(long index) {
    if (present.contains(index)) {
      page.text("a", String.valueOf(index), "href", "#entry-" + index).raw(" ");
    } else {
      page.text("span", String.valueOf(index)).raw(" ");
    }
  }

  private void acts() {
    List<DossierWord.Act> acts = DossierWord.of(DossierWord.Act.class, evidence.words());
    section("acts");
    if (acts.isEmpty()) {
      page.text("p", words.say("acts-none"), "class", "grey");
      return;
    }
    table("at", "what", "entries");
    for (DossierWord.Act each : acts) {
      row(each, words.of(each));
    }
    endTable();
  }

  private void row(DossierWord word, String sentence) {
    page.open("tr");
    time(Times.print(word.statement().time()));
    page.text("td", sentence).open("td");
    link(word.index());
    page.close("td").close("tr");
  }

  private void custody() {
    List<DossierWord.Custody> told = DossierWord.of(DossierWord.Custody.class, evidence.words());
    section("custody");
    page.text("p", words.say("custody-note"), "class", "grey");
    if (told.isEmpty()) {
      page.text("p", words.say("custody-none"), "class", "grey");
      return;
    }
    table("at", "what", "entries");
    for (DossierWord.Custody each : told) {
      row(each, words.of(each));
    }
    endTable();
  }

  private void sites() {
    section("sites");
    page.text("p", words.say("sites-note"), "class", "grey");
    table("at", "what", "entries");
    for (DossierWord.Fleet fleet : DossierWord.of(DossierWord.Fleet.class, evidence.words())) {
      for (DossierWord.Site each : fleet.sites()) {
        if (dossier.facts().sites().contains(each.id())) {
          row(
              fleet,
              words.say(
                  "site",
                  each.actor(),
                  each.id(),
                  each.name(),
                  each.operator(),
                  each.destination(),
                  degrees(each.place().latitude()),
                  degrees(each.place().longitude()),
                  String.format(Locale.ROOT, "%.1f", each.radius().kilometres())));
        }
      }
    }
    endTable();
  }

  private static String degrees(double degrees) {
    return String.format(Locale.ROOT, "%.4f", degrees);
  }

  private void bundles() {
    if (dossier.bundles().isEmpty()) {
      return;
    }
    section("bundles");
    page.text("p", words.say("bundles-note"), "class", "grey");
    page.open("ul");
    for (VerdictBundle each : dossier.bundles()) {
      page.text(
          "li",
          words.say(
              "bundle",
              each.question().kind().name().toLowerCase(Locale.ROOT),
              each.question().id(),
              each.question().host().value(),
              String.valueOf(each.entries().size())));
    }
    page.close("ul");
  }

  private void unchecked() {
    CaseDossier.LeftOut leftOut = dossier.leftOut();
    long open = dossier.findings().stream().filter(each -> !each.follows()).count();
    section("unchecked");
    page.open("ul");
    page.text(
        "li",
        words.say(
            "unchecked.left-out",
            String.valueOf(dossier.entries().size()),
            String.valueOf(dossier.checkpoint().checkpoint().size()),
            String.valueOf(leftOut.findings()),
            String.valueOf(leftOut.entries()),
            String.valueOf(leftOut.bundles())));
    page.text(
        "li",
        words.say(
            "unchecked.silence", String.valueOf(open), String.valueOf(dossier.findings().size())));
    page.text("li", words.say("unchecked.self-declared"));
    page.text("li", words.say("unchecked.relay"));
    page.text("li", words.say("unchecked.revocation"));
    page.text("li", words.say("unchecked.time"));
    page.close("ul");
  }

  private void verify() {
    section("verify");
    page.text("p", words.say("verify-text"));
    page.text(
        "pre",
        "holdfast verify case-" + dossier.facts().number() + ".html --trust trust.yaml",
        "tabindex",
        "0");
    page.text("p", words.say("verify-trust"));
    page.text("p", words.say("verify-log"));
    page.text(
        "pre",
        "holdfast verify LOG --policy witnesses.policy\nholdfast rebuild --data DIR",
        "tabindex",
        "0");
  }

  private void entries() {
    section("entries");
    page.text("p", words.say("entries-note"), "class", "grey");
    table("entry", "kind", "source", "at");
    for (DossierWord each : evidence.words()) {
      page.open("tr", "id", "entry-" + each.index());
      page.text("td", String.valueOf(each.index()), "class", "number");
      page.open("td").text("code", kind(each)).close("td");
      page.open("td").text("code", each.statement().source().value()).close("td");
      time(Times.print(each.statement().time()));
      page.close("tr");
    }
    endTable();
  }

  /** The short name of what is said, without the address before it. */
  private static String kind(DossierWord word) {
    String uri = word.statement().type().uri();
    String prefix = "https://holdfast.dev/";
    return uri.startsWith(prefix) ? uri.substring(prefix.length()) : uri;
  }
}
