package dev.holdfast.server;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.detect.LicenceStanding;
import dev.holdfast.model.Evidence.Licensed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers how licences stand by what the watch knows. Safe for many threads. */
final class LicenceDesk {
  /** The most names that one licence is shown with, of chips and of models. */
  private static final int MOST_NAMES = 200;

  /** The most licences of one answer; the rest is in what was told of custody. */
  private static final int MOST_LICENCES = 500;

  private final LedgerKeeper keeper;

  LicenceDesk(LedgerKeeper keeper) {
    this.keeper = keeper;
  }

  /** All licences, by their numbers. */
  List<Object> list(Asked asked) {
    asked.requireAll();
    return keeper.ask(fold -> fold.licences(asked.now())).stream()
        .limit(MOST_LICENCES)
        .<Object>map(each -> body(each, asked.catalogue()))
        .toList();
  }

  private static Map<String, @Nullable Object> body(
      LicenceStanding standing, MessageCatalogue catalogue) {
    Licensed terms = standing.terms();
    Map<String, Object> hours = new LinkedHashMap<>();
    terms
        .demands()
        .forEach((demand, within) ->
            hours.put(demand.name().toLowerCase(Locale.ROOT), within.toHours()));
    return new JsonBody()
        .put("id", terms.licence())
        .put("index", standing.index())
        .put("at", terms.at())
        .put("basis", NoteStatement.BASIS)
        .put("endUser", terms.endUser())
        .put("destinations", terms.destinations())
        .put("sites", terms.sites())
        .put("from", terms.from())
        .put("until", terms.until())
        .put("force", standing.force().name().toLowerCase(Locale.ROOT))
        .put("namedChips", terms.chips().stream().limit(MOST_NAMES).toList())
        .put("models", terms.models().stream().limit(MOST_NAMES).toList())
        .put("demandHours", hours)
        .put("chips", standing.chips())
        .put("unheard", standing.unheard())
        .put("satisfied", standing.satisfied())
        .put("excused", standing.excused())
        .put("all", standing.all())
        .put("missing", standing.missing())
        .put(
            "reasons",
            standing.reasons().stream().map(each -> LeaseBook.body(each, catalogue)).toList())
        .put("simulated", terms.simulated())
        .fields();
  }
}
