package dev.holdfast.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Countries as some terms tell them apart: those of one kind are named by the same terms. */
final class Places {
  private final List<PlaceTerms> terms;
  private final Map<String, Integer> kinds = new HashMap<>();
  private final List<String> representatives = new ArrayList<>();

  /**
   * @param groups the groups of a country
   */
  Places(List<PlaceTerms> terms, Function<String, Set<String>> groups) {
    this.terms = terms.stream().filter(each -> !each.all()).distinct().toList();
    Map<List<Boolean>, Integer> numbers = new LinkedHashMap<>();
    for (String country : CountryGroups.countries()) {
      Set<String> its = groups.apply(country);
      List<Boolean> named = this.terms.stream().map(each -> each.mean(country, its)).toList();
      Integer kind = numbers.get(named);
      if (kind == null) {
        kind = numbers.size();
        numbers.put(named, kind);
        representatives.add(country);
      }
      kinds.put(country, kind);
    }
  }

  /** The terms that tell countries apart. */
  List<PlaceTerms> terms() {
    return terms;
  }

  /** The number of a country's kind; of what is no country, -1. */
  int kind(String country) {
    return kinds.getOrDefault(country, -1);
  }

  /** One country of each kind, by its number. */
  List<String> representatives() {
    return representatives;
  }
}
