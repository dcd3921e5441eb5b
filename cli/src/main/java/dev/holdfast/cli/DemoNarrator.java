package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonFields;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Transferred;
import dev.holdfast.model.Evidence.Transferred.Step;
import dev.holdfast.model.Reason;
import dev.holdfast.server.Playback.Basis;
import dev.holdfast.server.Playback.Line;
import dev.holdfast.server.Playback.Link;
import dev.holdfast.sim.SimulatedIdentity;
import dev.holdfast.sim.Stage;
import dev.holdfast.sim.Story.Verb;
import dev.holdfast.trust.store.LeaseAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Says what happens in a story, once it has: what is done, what the server is told, and what it
 * found and answered, which is read from it. It knows no time but that of what happens. For one
 * thread.
 */
final class DemoNarrator implements Stage.Audience {
  private static final int PAGE = 200;
  private static final int MOST_ABOUT = 5000;

  /** Findings that have sentences of their own. */
  private static final Map<String, String> CHAPTERS =
      Map.of(
          "silent-after-inspection", "silence",
          "long-silent-after-inspection", "silence",
          "site-silent", "silence",
          "board-silent", "silence",
          "cohesion-lost", "cohesion",
          "chip-at-other-site", "cohesion",
          "outside-licence", "reassembly",
          "proximity-lost", "elsewhere");

  private final Consumer<Line> says;
  private Function<String, JsonFields> server =
      path -> {
        throw new IllegalStateException("nothing is read yet: " + path);
      };
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> hosts = new HashMap<>();
  private final Map<Integer, Instant> cases = new TreeMap<>();
  private final List<String> granted = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private long seen;
  private int leases;
  private int refusals;
  private boolean onTheRoad;
  private Instant now = Stage.START;

  private record Refused(List<Reason> sentences, List<Link> links) {}

  DemoNarrator(Consumer<Line> says) {
    this.says = requireNonNull(says, "says");
  }

  /** From now on it reads there: what the server answers below {@code /api/v1/}. */
  void reads(Function<String, JsonFields> answers) {
    server = requireNonNull(answers, "answers");
  }

  // ---- what is done and told

  @Override
  public void hear(Evidence evidence) {
    switch (evidence) {
      case Transferred moved when moved.step() == Step.SHIPPING || moved.step() == Step.RECEIVING ->
          say(
              "purchase",
              Basis.SAID,
              "none",
              List.of(
                  line(
                      moved.step() == Step.SHIPPING ? "shipped" : "received",
                      String.valueOf(moved.chips().size()),
                      name(String.valueOf(moved.toSite())))),
              site(String.valueOf(moved.toSite())));
      case Inspected seenThere ->
          say(
              "inspection",
              Basis.SAID,
              "none",
              List.of(
                  line(
                      "inspected",
                      name(seenThere.site()),
                      String.valueOf(seenThere.chips().size()),
                      String.valueOf(seenThere.counted()))),
              site(seenThere.site()));
      default -> {
        // What else is told is told by what the server makes of it.
      }
    }
  }

  @Override
  public void tick(Instant at) {
    now = at;
  }

  @Override
  public void done(Stage.Deed deed) {
    now = deed.at();
    String chips = String.valueOf(deed.chips());
    boolean abroad = deed.destination() != null;
    String where = abroad ? String.valueOf(deed.destination()) : "";
    switch (deed.verb()) {
      case BUY -> done("purchase", Basis.SAID, "buy", deed, name(deed.site()), chips, where);
      case INSTALL -> {
        if (abroad) {
          onTheRoad = false;
          say("reassembly", Basis.STORY, "none", List.of(line("rebuilt", chips, where)), List.of());
        } else {
          done("installation", Basis.SAID, "installed", deed, name(deed.site()), chips);
        }
      }
      case REMOVE -> {
        onTheRoad = true;
        done("dismantling", Basis.STORY, "removed", deed, name(deed.site()), chips);
      }
      case BENCH -> done("transit", Basis.STORY, "bench", deed, chips, where);
      case BORDER -> border(chips);
      case CUT, REROUTE, REPAIR ->
          done(
              "elsewhere",
              deed.verb() == Verb.REPAIR ? Basis.SAID : Basis.STORY,
              deed.verb().name().toLowerCase(Locale.ROOT),
              deed,
              name(deed.site()));
      case ANNOUNCE -> done("elsewhere", Basis.SAID, "announce", deed, name(deed.site()));
      case INSPECT, COLLUDE, REPLAY, DECLARE, LEASE -> {
        // An inspection is told as what was said; the others as what the server makes of them.
      }
    }
  }

  private void border(String chips) {
    List<Reason> sentences = new ArrayList<>(List.of(line("border", chips)));
    List<Link> links = new ArrayList<>();
    cases.forEach((number, since) -> {
      sentences.add(
          line(
              "border-case",
              String.valueOf(number),
              String.valueOf(Duration.between(since, now).toHours())));
      links.add(new Link("case", String.valueOf(number)));
    });
    say("transit", Basis.STORY, "none", sentences, links);
  }

  // ---- what the server found and answered

  /** What a host that asked for a lease was answered. */
  void answered(SimulatedIdentity host, LeaseAnswer answer) {
    String site = siteOf(host.name());
    switch (answer) {
      case LeaseAnswer.Granted _ -> {
        leases++;
        granted.add(site);
      }
      case LeaseAnswer.Refused(List<Reason> reasons) -> {
        refusals++;
        refused.add(
            new Refused(
                List.of(
                    line("refused", host.name(), name(site), String.valueOf(reasons.size())),
                    reasons.getFirst()),
                List.of(new Link("host", host.name()), new Link("site", site))));
      }
    }
  }

  /** Looks for what is new at the server after a tick. */
  void look(Instant at) {
    now = at;
    List<JsonFields> fresh = fresh();
    findings(fresh);
    if (fresh.stream().anyMatch(each -> each.has("case") && !each.isNull("case"))) {
      newCases();
    }
    leases();
  }

  private void leases() {
    if (!granted.isEmpty()) {
      Set<String> where = new LinkedHashSet<>(granted);
      say(
          "lease",
          Basis.FOUND,
          "proved",
          List.of(
              line(
                  "granted",
                  String.valueOf(granted.size()),
                  String.join(", ", where.stream().map(this::name).toList()))),
          where.stream().map(each -> new Link("site", each)).toList());
    }
    granted.clear();
    refused.forEach(each -> say("lease", Basis.FOUND, "refuted", each.sentences(), each.links()));
    refused.clear();
  }

  /** Findings of the watch that were not there before, oldest first. */
  private List<JsonFields> fresh() {
    List<JsonFields> fresh = new ArrayList<>();
    String path = "findings?limit=" + PAGE;
    while (path != null) {
      JsonFields page = server.apply(path);
      boolean more = true;
      for (JsonFields each : page.items("items", PAGE)) {
        more = each.whole("id") > seen;
        if (more && !each.texts("about", MOST_ABOUT).isEmpty()) {
          fresh.add(each);
        }
      }
      path =
          more && !page.isNull("next")
              ? "findings?limit=" + PAGE + "&cursor=" + page.text("next")
              : null;
    }
    fresh.sort(Comparator.comparingLong(each -> each.whole("id")));
    if (!fresh.isEmpty()) {
      seen = fresh.getLast().whole("id");
    }
    return fresh;
  }

  /** One line for what is of one kind and about the same sites. */
  private void findings(List<JsonFields> fresh) {
    Map<List<Object>, List<JsonFields>> together = new LinkedHashMap<>();
    for (JsonFields each : fresh) {
      together
          .computeIfAbsent(List.of(each.text("kind"), sites(each)), none -> new ArrayList<>())
          .add(each);
    }
    together.values().forEach(this::found);
  }

  private void found(List<JsonFields> alike) {
    JsonFields first = alike.getFirst();
    String kind = first.text("kind");
    boolean known = CHAPTERS.containsKey(kind);
    Set<String> sites = sites(first);
    List<Link> links = new ArrayList<>();
    named(first, "board:").stream().limit(1).forEach(each -> links.add(new Link("board", each)));
    if (links.isEmpty()) {
      named(first, "chip:").stream().limit(1).forEach(each -> links.add(new Link("chip", each)));
    }
    sites.forEach(each -> links.add(new Link("site", each)));
    boolean light = first.text("severity").equals("low");
    List<Reason> sentences = new ArrayList<>();
    sentences.add(
        line(
            "found." + (known ? kind : "other"),
            String.valueOf(alike.size()),
            sites.isEmpty() ? first.text("subject") : String.join(", ", all(sites)),
            kind));
    if (light) {
      sentences.add(line("light"));
    }
    say(
        CHAPTERS.getOrDefault(kind, "found"),
        Basis.FOUND,
        light ? "none" : "attention",
        sentences,
        links);
  }

  private List<String> all(Set<String> sites) {
    return sites.stream().map(this::name).toList();
  }

  /** The sites that it is about; where it names none, those of its hosts. */
  private Set<String> sites(JsonFields finding) {
    Set<String> sites = new TreeSet<>(named(finding, "site:"));
    if (sites.isEmpty()) {
      named(finding, "host:").forEach(each -> sites.add(siteOf(each)));
    }
    return sites;
  }

  private String siteOf(String host) {
    return hosts.computeIfAbsent(host, id -> server.apply("hosts/" + id).text("site"));
  }

  private static List<String> named(JsonFields finding, String prefix) {
    return finding.texts("about", MOST_ABOUT).stream()
        .filter(each -> each.startsWith(prefix))
        .map(each -> each.substring(prefix.length()))
        .toList();
  }

  private void newCases() {
    for (JsonFields each : server.apply("cases?limit=" + PAGE).items("items", PAGE).reversed()) {
      int number = each.whole("number", Integer.MAX_VALUE);
      if (cases.putIfAbsent(number, now) != null) {
        continue;
      }
      List<Link> links = new ArrayList<>(List.of(new Link("case", String.valueOf(number))));
      List<String> sites = each.texts("sites", MOST_ABOUT);
      sites.forEach(site -> links.add(new Link("site", site)));
      say(
          "case",
          Basis.FOUND,
          "attention",
          List.of(
              line(
                  onTheRoad ? "case-road" : "case",
                  String.valueOf(number),
                  String.join(", ", sites.stream().map(this::name).toList()))),
          links);
    }
  }

  /** What remains to be said when it is over. */
  void end(Instant at) {
    now = at;
    Set<String> accused = new TreeSet<>();
    List<Link> links = new ArrayList<>();
    for (JsonFields each : server.apply("cases?limit=" + PAGE).items("items", PAGE)) {
      accused.addAll(each.texts("sites", MOST_ABOUT));
      links.add(new Link("case", String.valueOf(each.whole("number", Integer.MAX_VALUE))));
    }
    List<String> quiet =
        server.apply("sites?limit=" + PAGE).items("items", PAGE).stream()
            .filter(each -> !accused.contains(each.text("id")))
            .map(each -> each.text("name"))
            .toList();
    say(
        "end",
        Basis.FOUND,
        "none",
        List.of(
            line(
                "end",
                String.valueOf(links.size()),
                String.valueOf(leases),
                String.valueOf(refusals)),
            line("quiet", String.valueOf(quiet.size()), String.join(", ", quiet))),
        links);
  }

  // ---- words

  private String name(String site) {
    return names.computeIfAbsent(site, id -> server.apply("sites/" + id).text("name"));
  }

  private static List<Link> site(String id) {
    return List.of(new Link("site", id));
  }

  private static Reason line(String code, String... arguments) {
    return Reason.of("playback.told." + code, arguments);
  }

  private void done(
      String chapter, Basis basis, String code, Stage.Deed deed, String... arguments) {
    say(chapter, basis, "none", List.of(line(code, arguments)), site(deed.site()));
  }

  private void say(
      String chapter, Basis basis, String mark, List<Reason> sentences, List<Link> links) {
    says.accept(
        new Line(now, Reason.of("playback.chapter." + chapter), basis, mark, sentences, links));
  }
}
