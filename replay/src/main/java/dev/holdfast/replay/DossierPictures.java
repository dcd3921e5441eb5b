package dev.holdfast.replay;

import dev.holdfast.attest.Board;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Times;
import dev.holdfast.detect.KeyReport;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import dev.holdfast.model.Verdict;
import dev.holdfast.picture.BoardCaption;
import dev.holdfast.picture.BoardGraph;
import dev.holdfast.picture.BoardWords;
import dev.holdfast.picture.Caption;
import dev.holdfast.picture.MapWords;
import dev.holdfast.picture.RegionMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The pictures of a dossier, drawn from what its entries prove. */
final class DossierPictures {
  private static final int MOST_MAPS = 4;
  private static final int MOST_BOARDS = 4;

  private final CaseDossier dossier;
  private final DossierEvidence evidence;
  private final DossierWords words;

  DossierPictures(CaseDossier dossier, DossierEvidence evidence, DossierWords words) {
    this.dossier = dossier;
    this.evidence = evidence;
    this.words = words;
  }

  /** Where the hosts of the case answered from when they were measured last, newest first. */
  List<String> maps(Atlas atlas) {
    Settings settings = dossier.settings().settings();
    List<List<Bounded>> some =
        evidence.measured().stream()
            .filter(dossier.facts().hosts()::contains)
            .map(host -> evidence.newest(host, settings.window()))
            .filter(rounds -> !rounds.isEmpty())
            .sorted(
                Comparator.comparing((List<Bounded> rounds) -> rounds.getLast().measuredAt())
                    .reversed()
                    .thenComparing(rounds -> rounds.getLast().host().value()))
            .limit(MOST_MAPS)
            .toList();
    List<String> maps = new ArrayList<>();
    if (!some.isEmpty()) {
      RegionMap map = RegionMap.of(atlas);
      for (List<Bounded> rounds : some) {
        TargetId host = rounds.getLast().host();
        List<Claim> claims =
            evidence.siteOf(host.value()).stream()
                .<Claim>map(site -> new Claim.Within(site.place(), site.radius()))
                .toList();
        LocationReport report =
            KeyReport.of(
                atlas, settings, Subject.Kind.KEY, rounds.getLast().key(), host, rounds, claims);
        maps.add(map.draw(report, caption(report, rounds)));
      }
    }
    return maps;
  }

  private Caption caption(LocationReport report, List<Bounded> rounds) {
    MessageCatalogue say = words.catalogue();
    List<Caption.Sentence> verdicts = new ArrayList<>();
    for (Verdict verdict : report.verdicts()) {
      verdicts.add(
          new Caption.Sentence(
              verdict.value(),
              say.say("verdict." + verdict.value().name()) + ": " + words.of(verdict.reason())));
    }
    return new Caption(
        say.language().getLanguage(),
        say.say("map.title", report.target().value()),
        verdicts,
        List.of(
            say.say("report.basis.signed-rounds"),
            words.say("map-at", Times.print(rounds.getLast().measuredAt()))),
        List.of(words.say("map-note")),
        report.simulated(),
        MapWords.from(say::say));
  }

  /** The boards of the case, those that hold together least first. */
  List<String> boards() {
    return evidence.boards().stream()
        .filter(board -> dossier.facts().boards().contains(board.id()) || isAbout(board))
        .sorted(Comparator.comparing(Board::grade).reversed().thenComparing(Board::id))
        .limit(MOST_BOARDS)
        .map(this::graph)
        .toList();
  }

  private boolean isAbout(Board board) {
    return board.members().keySet().stream().anyMatch(dossier.facts().chips()::contains);
  }

  private String graph(Board board) {
    MessageCatalogue say = words.catalogue();
    return BoardGraph.draw(
        board,
        new BoardCaption(
            say.language().getLanguage(),
            say.say("graph.title", board.id()),
            words.of(board.reason()),
            dossier.facts().simulated(),
            BoardWords.from(say::pattern)),
        BoardGraph.USUAL);
  }
}
