package dev.holdfast.replay;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Times;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The sentences of a dossier, in its language. */
final class DossierWords {
  private static final Set<String> SENTENCES = MessageCatalogue.in(Locale.ENGLISH).keys();
  private static final int MOST_NAMED = 3;

  private final MessageCatalogue catalogue;

  DossierWords(Locale language) {
    catalogue = MessageCatalogue.in(language);
  }

  /** Whether there is such a sentence. */
  static boolean hasSentence(String key) {
    return SENTENCES.contains(key);
  }

  MessageCatalogue catalogue() {
    return catalogue;
  }

  String say(String key, String... arguments) {
    return catalogue.say("dossier." + key, arguments);
  }

  String of(Reason reason) {
    return catalogue.say(reason.code(), reason.arguments());
  }

  /** The first sentence: what happened, where and when. The one place to say it otherwise. */
  String first(CaseDossier dossier) {
    CaseDossier.Facts facts = dossier.facts();
    return dossier.findings().stream()
        .map(CaseDossier.Stated::finding)
        .max(
            Comparator.comparing(Finding::severity)
                .thenComparing(Finding::at, Comparator.reverseOrder()))
        .map(gravest ->
            say(
                "sentence",
                Times.print(facts.since()),
                Times.print(facts.last()),
                String.valueOf(dossier.findings().size() + dossier.leftOut().findings()),
                some(facts.sites()),
                of(gravest.reason())))
        .orElseGet(() -> say("sentence-none", Times.print(facts.since())));
  }

  /** The first names of many. */
  String some(List<String> names) {
    if (names.isEmpty()) {
      return "-";
    }
    String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
    return names.size() <= MOST_NAMED
        ? shown
        : say("and-more", shown, String.valueOf(names.size() - MOST_NAMED));
  }

  /** What somebody did with a case. */
  String of(DossierWord.Act act) {
    return catalogue.say(
        "event.case-" + act.kind(),
        act.actor(),
        String.valueOf(act.number()),
        act.said().isEmpty() ? "-" : act.said());
  }

  /** What somebody told of custody. */
  String of(DossierWord.Custody told) {
    return of(told.word().reason(told.actor()));
  }
}
