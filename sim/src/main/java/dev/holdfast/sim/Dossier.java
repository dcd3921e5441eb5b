package dev.holdfast.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A simulated dossier: any number of short reports, notes, papers and letters about sites, hosts
 * and boards that do not exist, and among them facts that can be asked for.
 *
 * <p>Each passage is made by itself, from the seed and its number alone, so that a million of them
 * need no memory and each can be had without those before it. They differ in kind, order,
 * sentences, people, places and reasons; each carries a number of its own that begins with {@code
 * SIM-}, which calls it simulated, so that no two are equal.
 *
 * <p>The dossier is divided into as many parts of nearly the same length as there are facts. Each
 * part holds one fact, at a place of chance, and three passages about matters near to facts of
 * other parts: two about the same site, one about another. No two facts are of the same event at
 * the same site, and what is not planted never tells of such an event.
 */
public final class Dossier {
  /** The most passages. */
  public static final int MOST_PASSAGES = 1_000_000;

  /** The fewest passages for each fact, so that there is room for what is near to it. */
  public static final int PASSAGES_PER_FACT = 5;

  private static final int NEAR = 3;
  private static final String DIGITS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  /** Odd, so that numbers times it stay different from each other in any power of two. */
  private static final long SCATTER = 0x2545_F491L;

  private final Chance chance;
  private final DossierLanguage language;
  private final int passages;
  private final int facts;
  private final DossierGrammar grammar;
  private final List<String> sites;
  private final int firstSite;

  /**
   * A dossier.
   *
   * @param passages how many, 1 to {@value #MOST_PASSAGES}
   * @param facts how many are planted, at most one for each {@value #PASSAGES_PER_FACT} passages
   *     and at most {@link #mostFacts}
   */
  public Dossier(long seed, DossierLanguage language, int passages, int facts) {
    if (passages < 1 || passages > MOST_PASSAGES) {
      throw new IllegalArgumentException("a dossier has 1 to " + MOST_PASSAGES + " passages");
    }
    this.chance = new Chance(seed);
    this.language = language;
    this.passages = passages;
    this.facts = facts;
    grammar = new DossierGrammar(language);
    sites = sites(grammar, language);
    firstSite = chance.of("sites").nextInt(sites.size());
    if (facts < 0 || facts > passages / PASSAGES_PER_FACT || facts > mostFacts(language)) {
      throw new IllegalArgumentException("so many facts have no room: " + facts);
    }
  }

  /** How many different facts a language has words for. */
  public static int mostFacts(DossierLanguage language) {
    DossierGrammar grammar = new DossierGrammar(language);
    return sites(grammar, language).size() * grammar.events().size();
  }

  private static List<String> sites(DossierGrammar grammar, DossierLanguage language) {
    List<String> sites = new ArrayList<>();
    for (String first : grammar.alternatives("site.first")) {
      for (String second : grammar.alternatives("site.second")) {
        sites.add(first + language.gap() + second);
      }
    }
    return sites;
  }

  /** All passages in their order, made as they are asked for. */
  public Stream<String> passages() {
    return IntStream.range(0, passages).mapToObj(this::passage);
  }

  /**
   * One passage.
   *
   * @param number from 0
   */
  public String passage(int number) {
    if (number < 0 || number >= passages) {
      throw new IllegalArgumentException("no passage " + number + " of " + passages);
    }
    SplittableRandom random = chance.of("passage", Integer.toString(number));
    String site = sites.get(random.nextInt(sites.size()));
    if (facts > 0) {
      int part = part(number);
      int role = places(part).indexOf(number);
      if (role == 0) {
        Planted planted = planted(part);
        return tell(random, number, planted.site(), planted.fact().fact());
      }
      if (role > 0) {
        int fact = Math.floorMod(part - role * stride(), facts);
        String there = role == NEAR ? site : site(fact);
        String near =
            grammar.new Telling(random, Map.of("site", there), false).sentence(event(fact).near());
        return tell(random, number, there, near);
      }
    }
    return tell(random, number, site, null);
  }

  /** The planted facts, in the order in which they stand. */
  public List<PlantedFact> facts() {
    return IntStream.range(0, facts).mapToObj(part -> planted(part).fact()).toList();
  }

  private record Planted(String site, PlantedFact fact) {}

  private Planted planted(int part) {
    String site = site(part);
    DossierGrammar.Event event = event(part);
    DossierGrammar.Telling telling =
        grammar.new Telling(chance.of("fact", Integer.toString(part)), Map.of("site", site), true);
    int passage = places(part).getFirst();
    return new Planted(
        site,
        new PlantedFact(
            telling.sentence(event.question()),
            telling.sentence(event.fact()),
            telling.fill(event.answer()),
            passage,
            passages == 1 ? 0 : passage / (passages - 1.0)));
  }

  /** A site for a fact: all of them are used before one comes again. */
  private String site(int fact) {
    return sites.get((int) ((fact * 7919L + firstSite) % sites.size()));
  }

  /** An event for a fact: when a site comes again, it has another. */
  private DossierGrammar.Event event(int fact) {
    int round = fact / sites.size();
    return grammar.events().get((fact % sites.size() + round) % grammar.events().size());
  }

  /** How many parts lie between a fact and what is near to it. */
  private int stride() {
    return Math.max(1, facts / (NEAR + 1));
  }

  private int part(int number) {
    int part = (int) ((long) number * facts / passages);
    // The division above may be one off at the edges of parts, which are rounded up.
    while (begin(part + 1) <= number) {
      part++;
    }
    while (begin(part) > number) {
      part--;
    }
    return part;
  }

  private int begin(int part) {
    return (int) (((long) part * passages + facts - 1) / facts);
  }

  /** The passage of a part that holds its fact, and those that are near to other facts. */
  private List<Integer> places(int part) {
    SplittableRandom random = chance.of("part", Integer.toString(part));
    List<Integer> places = new ArrayList<>();
    while (places.size() <= NEAR) {
      int place = random.nextInt(begin(part), begin(part + 1));
      if (!places.contains(place)) {
        places.add(place);
      }
    }
    return places;
  }

  private String tell(SplittableRandom random, int number, String site, @Nullable String planted) {
    DossierGrammar.Telling telling =
        grammar.new Telling(random, Map.of("site", site, "ref", reference(number)), false);
    String kind = telling.any("kind");
    List<String> sentences = new ArrayList<>();
    sentences.add(telling.sentence(one(random, kind + ".opening")));
    int gap = language.gap().length();
    int length = sentences.getFirst().length() + (planted == null ? 0 : planted.length() + gap);
    int wanted = random.nextInt(language.shortest(), language.longest() + 1);
    List<String> bodies = grammar.alternatives(kind + ".body");
    BitSet tried = new BitSet();
    while (tried.cardinality() < bodies.size() && length < wanted) {
      int body = random.nextInt(bodies.size());
      if (tried.get(body)) {
        continue;
      }
      tried.set(body);
      length = append(sentences, telling.sentence(bodies.get(body)), length);
    }
    if (random.nextBoolean()) {
      append(sentences, telling.sentence(one(random, "next")), length);
    }
    if (planted != null) {
      sentences.add(random.nextInt(1, sentences.size() + 1), planted);
    }
    return String.join(language.gap(), sentences);
  }

  /** Adds a sentence if there is room for it, and answers how long the passage is. */
  private int append(List<String> sentences, String sentence, int length) {
    int longer = length + language.gap().length() + sentence.length();
    if (longer > language.longest()) {
      return length;
    }
    sentences.add(sentence);
    return longer;
  }

  private String one(SplittableRandom random, String name) {
    List<String> alternatives = grammar.alternatives(name);
    return alternatives.get(random.nextInt(alternatives.size()));
  }

  /** Six characters that differ for different numbers and do not give away their order. */
  private static String reference(int number) {
    long scattered = ((number + 1) * SCATTER) & 0x3FFF_FFFF;
    StringBuilder text = new StringBuilder("SIM-");
    for (int shift = 25; shift >= 0; shift -= 5) {
      text.append(DIGITS.charAt((int) (scattered >> shift) & 31));
    }
    return text.toString();
  }
}
