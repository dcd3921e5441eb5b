package dev.holdfast.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Alias;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Announced;
import dev.holdfast.model.Evidence.Attested;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.Evidence.Demand;
import dev.holdfast.model.Evidence.Inspected;
import dev.holdfast.model.Evidence.Inventoried;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Evidence.Sited;
import dev.holdfast.model.Evidence.Transferred;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Meter;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reported;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A watch over invented sites, told in hours from a first moment; it ticks once an hour. */
final class WatchScene {
  static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  static final Position OSAKA = new Position(34.69, 135.50);
  static final Position FRANKFURT = new Position(50.11, 8.68);

  final Watch watch;
  final CaseBook cases = new CaseBook();
  final List<Finding> findings = new ArrayList<>();
  private final Map<String, WatchRow> kept = new LinkedHashMap<>();
  private final WatchTerms terms;
  private long index;
  private @Nullable Instant next;

  WatchScene() {
    this(WatchTerms.USUAL);
  }

  WatchScene(WatchTerms terms) {
    this.terms = terms;
    watch = new Watch(terms, Rounds.ATLAS);
    watch.remember();
  }

  static Instant hour(double hours) {
    return START.plusMillis((long) (hours * 3_600_000));
  }

  static List<String> chips(String host, int count) {
    return IntStream.range(0, count).mapToObj(i -> host + "-chip-" + i).toList();
  }

  void say(Evidence evidence) {
    long at = index++;
    Watch restored = restored();
    Watch.Step step = watch.apply(evidence, at);
    keep(step, restored == null ? step : restored.apply(evidence, at));
  }

  void tick(double hours) {
    index++;
    Watch restored = restored();
    Watch.Step step = watch.tick(hour(hours));
    keep(step, restored == null ? step : restored.tick(hour(hours)));
  }

  /** Another watch, which goes on from what this one kept; not each time, since that takes long. */
  private @Nullable Watch restored() {
    for (WatchRow row : watch.takeChanges()) {
      String name = row.kind() + " " + row.key();
      if (row.state() == null) {
        kept.remove(name);
      } else {
        kept.put(name, row);
      }
    }
    if (index % 7 != 0) {
      return null;
    }
    Watch restored = new Watch(terms, Rounds.ATLAS);
    restored.restore(kept.values());
    return restored;
  }

  private void keep(Watch.Step step, Watch.Step ofRestored) {
    assertThat(ofRestored).isEqualTo(step);
    next = step.next().orElse(null);
    findings.addAll(step.findings());
    step.findings().forEach(cases::add);
  }

  /** When time alone may change something, as the last step said; fails where nothing waits. */
  Instant next() {
    if (next == null) {
      throw new AssertionError("nothing waits");
    }
    return next;
  }

  List<String> kinds() {
    return findings.stream().map(Finding::kind).distinct().toList();
  }

  Finding only(String kind) {
    List<Finding> found = findings.stream().filter(each -> each.kind().equals(kind)).toList();
    if (found.size() != 1) {
      throw new AssertionError(kind + " was found " + found.size() + " times among " + kinds());
    }
    return found.getFirst();
  }

  /** A site in Osaka. */
  void site(String site, int hosts) {
    say(
        new Sited(
            site, "operator", "JP", OSAKA, Distance.ofKilometres(5), null, null, START, true));
    for (int i = 0; i < hosts; i++) {
      declare(site + "-" + i, site, "JP", OSAKA);
    }
  }

  void declare(String host, String site, String destination, Position place) {
    say(new Declared(new TargetId(host), site, destination, place, Distance.ofKilometres(5), true));
  }

  static Attested signed(String chip, String host, double hours, Set<String> switches) {
    return new Attested(
        new TargetId(host),
        "key of " + host,
        chip,
        false,
        "GH100",
        "maker",
        List.of(new Alias(Alias.Kind.ROM_SERIAL, "rom " + chip)),
        new TreeSet<>(switches),
        hour(hours),
        true,
        9L,
        true,
        null);
  }

  /** All chips of a host sign. */
  void sign(String host, int chips, double hours) {
    chips(host, chips).forEach(chip -> say(signed(chip, host, hours, switches(host))));
  }

  static Set<String> switches(String board) {
    return Set.of(board + "-s1", board + "-s2");
  }

  static Bounded round(String host, Landmark landmark, double milliseconds, double hours) {
    return new Bounded(
        new TargetId(host),
        "key of " + host,
        Binding.TPM,
        landmark,
        Delay.ofMillis(milliseconds),
        hour(hours),
        true,
        null);
  }

  static Inspected inspected(String site, int counted, double hours, List<String> chips) {
    return new Inspected(
        "inspection " + site,
        "inspector",
        site,
        Inspected.Manner.LABELS,
        new TreeSet<>(chips),
        counted,
        hour(hours),
        true);
  }

  static Transferred transferred(
      Transferred.Step step, String from, @Nullable String to, double hours, List<String> chips) {
    return new Transferred(
        "transfer", step, new TreeSet<>(chips), "operator", "buyer", from, to, hour(hours), true);
  }

  static Announced announced(String site, double from, double until) {
    return new Announced(site, hour(from), hour(until), hour(from), true);
  }

  static Licensed licensed(List<String> chips, Map<Demand, Duration> demands) {
    return new Licensed(
        "L-1",
        new TreeSet<>(chips),
        new TreeSet<>(),
        "operator",
        new TreeSet<>(Set.of("JP")),
        new TreeSet<>(),
        START,
        START.plus(Duration.ofDays(365)),
        new TreeMap<>(demands),
        START,
        true);
  }

  static Inventoried metered(String host, String chip, double watts, long joules, double hours) {
    return metered(Inventory.Source.NVML, host, chip, new Meter(watts, joules * 1000), hours);
  }

  static Inventoried metered(
      Inventory.Source source, String host, String chip, Meter meter, double hours) {
    Inventory told = told(host, hours, Map.of(chip, "label-" + chip)).inventory();
    return new Inventoried(
        new TargetId(host),
        new Inventory(
            source,
            host,
            null,
            told.driver(),
            told.signs(),
            told.chips().stream().map(each -> each.metered(meter)).toList(),
            told.switches()),
        hour(hours),
        true);
  }

  static Inventoried told(String host, double hours, Map<String, String> serials) {
    List<Inventory.Chip> chips = new ArrayList<>();
    new TreeMap<>(serials)
        .forEach((device, serial) ->
            chips.add(
                new Inventory.Chip(
                    Reported.of("NVIDIA H100 80GB HBM3"),
                    List.of(
                        new Alias(Alias.Kind.PDI, "0x" + device),
                        new Alias(Alias.Kind.BOARD_SERIAL, serial)),
                    Inventory.Seat.UNTOLD,
                    Reported.Absent.MISSING,
                    Reported.Absent.MISSING)));
    return new Inventoried(
        new TargetId(host),
        new Inventory(
            Inventory.Source.NVML,
            host,
            null,
            Reported.Absent.MISSING,
            new TreeMap<>(),
            chips,
            List.of()),
        hour(hours),
        true);
  }
}
