package dev.holdfast.policy;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which countries a rule speaks of, as its data says it: {@code *} for all, or terms between bars.
 * A term is a country ({@code CN}) or a country group ({@code D:5}) of Supplement 1 to part 740; a
 * minus before it leaves out. A country is meant where any term without a minus names it, or there
 * is none, and no term with one does.
 */
public final class PlaceTerms {
  private static final Pattern TERM = Pattern.compile("-?(?:[A-Z]{2}|[A-E]:[1-9])");

  private final String text;
  private final Set<String> named = new LinkedHashSet<>();
  private final Set<String> leftOut = new LinkedHashSet<>();

  private PlaceTerms(String text) {
    this.text = text;
  }

  /**
   * Reads terms.
   *
   * @throws IllegalArgumentException where one is malformed
   */
  static PlaceTerms parse(String text) {
    PlaceTerms terms = new PlaceTerms(text);
    if (text.equals("*")) {
      return terms;
    }
    for (String term : text.split("\\|", -1)) {
      if (!TERM.matcher(term).matches()) {
        throw new IllegalArgumentException(
            "\"" + term + "\" is neither a country such as CN nor a group such as D:5");
      }
      if (term.startsWith("-")) {
        terms.leftOut.add(term.substring(1));
      } else {
        terms.named.add(term);
      }
    }
    return terms;
  }

  /** Whether a country with its groups is meant. */
  boolean mean(String country, Set<String> groups) {
    return (named.isEmpty() || among(named, country, groups)) && !among(leftOut, country, groups);
  }

  private static boolean among(Set<String> terms, String country, Set<String> groups) {
    if (terms.contains(country)) {
      return true;
    }
    for (String group : groups) {
      if (terms.contains(group)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all countries are meant. */
  boolean all() {
    return named.isEmpty() && leftOut.isEmpty();
  }

  /** Countries that are named by themselves. */
  Set<String> countries() {
    Set<String> countries = new LinkedHashSet<>();
    for (Set<String> terms : java.util.List.of(named, leftOut)) {
      terms.stream().filter(term -> !term.contains(":")).forEach(countries::add);
    }
    return countries;
  }

  /** As the data has it. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlaceTerms terms && terms.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
