package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.LocationReport;
import dev.holdfast.model.Verdict;
import dev.holdfast.picture.Caption;
import dev.holdfast.picture.MapWords;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Words a map. */
final class MapCaption {
  private MapCaption() {}

  static Caption of(LocationReport report, Sentences sentences) {
    MessageCatalogue say = sentences.catalogue();
    List<Caption.Sentence> verdicts = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    notes.add(sentences.region(report));
    for (Verdict verdict : report.verdicts()) {
      verdicts.add(new Caption.Sentence(verdict.value(), sentences.verdict(verdict)));
    }
    for (Verdict verdict : report.verdicts()) {
      verdict.assumptions().stream().map(sentences::of).forEach(notes::add);
    }
    return new Caption(
        say.language().getLanguage(),
        say.say("map.title", report.target().value()),
        verdicts,
        sentences.standing(report),
        List.copyOf(notes),
        report.simulated(),
        MapWords.from(say::say));
  }
}
