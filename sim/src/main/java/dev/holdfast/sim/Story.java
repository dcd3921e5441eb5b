package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.YamlTree;
import dev.holdfast.model.Evidence.Transferred.Step;
import dev.holdfast.model.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody does to a simulated fleet, day by day. What is true of it is in the acts; the watch
 * sees only what comes of them.
 *
 * @param family the kind of story, one row of the suite
 * @param about in a sentence or two
 * @param acts by their days
 */
public record Story(String family, String about, List<Act> acts) {
  /** The families of the suite, by the names of their files. */
  public static final List<String> CARRIED =
      List.of(
          "whole-site",
          "board-by-board",
          "trickle",
          "board-moved",
          "key-left",
          "dummy-servers",
          "cloned",
          "burn-in",
          "colluding-landmark",
          "relayed",
          "knows-thresholds",
          "honest");

  private static final Set<String> RECORDS =
      Arrays.stream(Step.values())
          .map(each -> each.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private static final int LONGEST = 1 << 16;
  private static final int MOST_ACTS = 1000;
  private static final int MOST_DAYS = 3650;
  private static final int MOST_BOUGHT = 1000;

  /** What is done. */
  public enum Verb {
    /** An inspector reads the labels at a site. */
    INSPECT,
    /** Chips or hosts are taken out. */
    REMOVE,
    /** What was taken out crosses a border. */
    BORDER,
    /** It is put together again elsewhere. */
    INSTALL,
    /** An outage of a site is announced. */
    ANNOUNCE,
    /** The operator of a landmark near the site reports short delays for its hosts. */
    COLLUDE,
    /** The hosts of a site tell from now on what their meters read last. */
    REPLAY,
    /** A site is declared to draw another power. */
    DECLARE,
    /** The hosts of a site are bought under a licence, shipped, and installed there. */
    BUY,
    /** What was taken out is tried on a bench on its way, where its chips sign. */
    BENCH,
    /** The power of a site fails, and nobody announced it. */
    CUT,
    /** The ways of the nearest landmarks to a site become longer. */
    REROUTE,
    /** A host of a site fails; its repair is written down. */
    REPAIR,
    /** Hosts that answer ask for leases. */
    LEASE
  }

  /**
   * An act.
   *
   * @param day on which it begins, from 0
   * @param site the number of the site; {@link #EVERYWHERE} where leases are asked for at all
   * @param what {@code all} hosts, {@code one-a-day}, {@code one-in-two-days}, {@code from-each}
   *     where every host loses some chips; into which hosts it is installed: {@code new}, {@code
   *     same}, or {@code relayed}, where chips sign through the hosts that they were taken from;
   *     empty where it takes nothing
   * @param ofChips whether single chips are taken, and not hosts
   * @param count how many, where they go one by one; how many chips of each host; how many hosts
   *     are bought
   * @param hours that it takes, or an outage lasts; from one host to the next where each loses some
   *     chips
   * @param keysStay whether the keys of the hosts stay and go on answering
   * @param newHosts whether chips are put into new hosts
   * @param otherBoards whether they are put on other boards than they were taken from
   * @param where it is installed, or tried; null where nothing is
   * @param record the bizStep of a transfer that is stated, such as {@code repairing}; null where
   *     none is
   * @param kilowatts that a site is declared to draw; null where it is not declared
   * @param milliseconds by which ways become longer
   */
  public record Act(
      int day,
      Verb verb,
      int site,
      String what,
      boolean ofChips,
      int count,
      double hours,
      boolean keysStay,
      boolean newHosts,
      boolean otherBoards,
      @Nullable Position where,
      @Nullable String destination,
      @Nullable String record,
      @Nullable Double kilowatts,
      double milliseconds) {
    /** The number of no site: all of them. */
    public static final int EVERYWHERE = -1;
  }

  public Story {
    requireNonNull(family, "family");
    requireNonNull(about, "about");
    acts = acts.stream().sorted(Comparator.comparingInt(Act::day)).toList();
  }

  /** The story that {@code holdfast demo} tells, on seven sites, in eight days. */
  public static Story demo() {
    return carried("demo");
  }

  /** One of those that come with Holdfast. */
  public static Story carried(String name) {
    try (InputStream in = Story.class.getResourceAsStream("stories/" + name + ".yaml")) {
      return read(requireNonNull(in, name).readAllBytes(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a story.
   *
   * @throws CodedException MALFORMED_STORY, which names the field
   */
  public static Story read(byte[] octets, String source) {
    JsonFields fields =
        JsonFields.of(
            YamlTree.read(octets, LONGEST, source, ErrorCode.MALFORMED_STORY),
            source,
            ErrorCode.MALFORMED_STORY);
    String family = fields.text("family");
    String about = fields.text("about").strip();
    List<Act> acts = new ArrayList<>();
    for (JsonFields each : fields.items("acts", MOST_ACTS)) {
      acts.add(act(each));
    }
    fields.requireNothingElse();
    return new Story(family, about, acts);
  }

  private static Verb verb(String word) {
    for (Verb each : Verb.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "it is "
            + Arrays.stream(Verb.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  private static Act act(JsonFields fields) {
    int day = whole(fields, "day", MOST_DAYS).orElseThrow(() -> fields.refuse("day", "is missing"));
    Verb verb = fields.value("act", Story::verb);
    int site = whole(fields, "site", 100).orElse(verb == Verb.LEASE ? Act.EVERYWHERE : 0);
    boolean ofChips = fields.has("chips");
    String what = ofChips ? fields.text("chips") : fields.has("hosts") ? fields.text("hosts") : "";
    int count = whole(fields, "count", 100_000).orElse(Integer.MAX_VALUE);
    double hours = number(fields, "hours", 0, 8760).orElse(12.0);
    boolean keysStay = fields.has("keys") && fields.text("keys").equals("stay");
    Optional<Double> latitude = number(fields, "latitude", -90, 90);
    Optional<Double> longitude = number(fields, "longitude", -180, 180);
    Position where =
        latitude.isPresent() && longitude.isPresent()
            ? new Position(latitude.get(), longitude.get())
            : null;
    String destination = fields.has("destination") ? fields.text("destination") : null;
    require(fields, "hosts", Set.of("all", "one-a-day", "same", "new", "relayed"));
    require(fields, "chips", Set.of("one-in-two-days", "from-each"));
    require(fields, "keys", Set.of("stay"));
    require(fields, "boards", Set.of("other"));
    require(fields, "record", RECORDS);
    String record = fields.has("record") ? fields.text("record") : null;
    Double kilowatts = number(fields, "kilowatts", 0, 1e6).orElse(null);
    if (verb == Verb.DECLARE && kilowatts == null) {
      throw fields.refuse("kilowatts", "what the site draws has to be said");
    }
    double milliseconds = number(fields, "milliseconds", 0, 1000).orElse(10.0);
    boolean otherBoards = fields.has("boards") && fields.text("boards").equals("other");
    fields.requireNothingElse();
    boolean placed = verb == Verb.INSTALL || verb == Verb.BENCH;
    if (placed && (where == null || destination == null)) {
      throw fields.refuse("latitude", "where something is installed has to be said");
    }
    if (verb == Verb.BUY && (count < 1 || count > MOST_BOUGHT)) {
      throw fields.refuse("count", "1 to " + MOST_BOUGHT + " hosts are bought");
    }
    return new Act(
        day,
        verb,
        site,
        what,
        ofChips,
        count,
        hours,
        keysStay,
        what.equals("new"),
        otherBoards,
        where,
        destination,
        record,
        kilowatts,
        milliseconds);
  }

  private static void require(JsonFields fields, String name, Set<String> words) {
    if (fields.has(name) && !words.contains(fields.text(name))) {
      throw fields.refuse(name, "it is not " + String.join(" or ", new TreeSet<>(words)));
    }
  }

  private static Optional<Integer> whole(JsonFields fields, String name, int most) {
    return number(fields, name, 0, most).map(Double::intValue);
  }

  private static Optional<Double> number(
      JsonFields fields, String name, double least, double most) {
    if (!fields.has(name)) {
      return Optional.empty();
    }
    double number = fields.value(name, Double::parseDouble);
    if (!(number >= least && number <= most)) {
      throw fields.refuse(name, "it is not " + least + " to " + most);
    }
    return Optional.of(number);
  }
}
