package dev.holdfast.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The words and sentences that dossiers in a language are made of, read from {@code
 * dossier_LANGUAGE.txt}, which says how it is written.
 */
final class DossierGrammar {
  /** What can be planted: a fact, a question in other words, its answer, and what is near to it. */
  record Event(String fact, String question, String answer, String near) {}

  private final Map<String, List<String>> rules = new HashMap<>();
  private final Set<String> kept = new HashSet<>();
  private final List<Event> events = new ArrayList<>();

  DossierGrammar(DossierLanguage language) {
    String name = "dossier_" + language.word() + ".txt";
    try (InputStream in = DossierGrammar.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      new String(in.readAllBytes(), UTF_8).lines().forEach(this::line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    int colon = line.indexOf(':');
    String name = line.substring(0, colon);
    String text = line.substring(colon + 1);
    if (name.equals("fact")) {
      List<String> parts = parts(text, "\\|\\|");
      events.add(new Event(parts.get(0), parts.get(1), parts.get(2), parts.get(3)));
      return;
    }
    if (name.startsWith("=")) {
      name = name.substring(1);
      kept.add(name);
    }
    rules.put(name, parts(text, "\\|"));
  }

  private static List<String> parts(String text, String mark) {
    return Arrays.stream(text.split(mark, -1)).map(String::strip).toList();
  }

  List<Event> events() {
    return events;
  }

  /** What a name may stand for. */
  List<String> alternatives(String name) {
    List<String> alternatives = rules.get(name);
    if (alternatives == null) {
      throw new IllegalStateException("dossiers have no " + name);
    }
    return alternatives;
  }

  /** The filling in of one passage, or of one fact. */
  final class Telling {
    private final SplittableRandom random;
    private final boolean keepsAll;
    private final Map<String, String> known;

    /**
     * @param keepsAll whether every name stands for the same throughout, not only those that are
     *     marked so
     */
    Telling(SplittableRandom random, Map<String, String> given, boolean keepsAll) {
      this.random = random;
      this.keepsAll = keepsAll;
      known = new HashMap<>(given);
    }

    /** One of what a name may stand for, filled in. */
    String any(String name) {
      List<String> alternatives = alternatives(name);
      return fill(alternatives.get(random.nextInt(alternatives.size())));
    }

    /** A sentence with everything filled in, beginning with a capital. */
    String sentence(String template) {
      String text = fill(template);
      return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    String fill(String template) {
      StringBuilder text = new StringBuilder();
      int at = 0;
      for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
        int close = template.indexOf('}', open);
        text.append(template, at, open).append(value(template.substring(open + 1, close)));
        at = close + 1;
      }
      return text.append(template, at, template.length()).toString();
    }

    private String value(String name) {
      int dash = name.indexOf('-');
      if (dash > 0 && Character.isDigit(name.charAt(0))) {
        int least = Integer.parseInt(name, 0, dash, 10);
        int most = Integer.parseInt(name, dash + 1, name.length(), 10);
        return Integer.toString(random.nextInt(least, most + 1));
      }
      String value = known.get(name);
      if (value == null) {
        value = any(name);
        if (keepsAll || kept.contains(name)) {
          known.put(name, value);
        }
      }
      return value;
    }
  }
}
