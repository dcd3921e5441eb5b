package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Evidence.Declared;
import dev.holdfast.model.TargetId;
import dev.holdfast.sim.Story.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The sites, hosts and chips of a stage. */
final class StageFleet {
  /** Those that the fleet began with. */
  final List<StageSite> sites = new ArrayList<>();

  final List<StageHost> hosts = new ArrayList<>();
  private final Set<StageSite> bought = new HashSet<>();
  private int newest;

  /**
   * A fleet.
   *
   * @param story the sites whose hosts are bought in it have as many as are, and none of them yet
   */
  StageFleet(StageSettings settings, StageNetwork network, Story story) {
    Map<Integer, Integer> orders = new HashMap<>();
    story.acts().stream()
        .filter(each -> each.verb() == Verb.BUY)
        .forEach(each -> orders.put(each.site(), each.count()));
    SplittableRandom adoption = new Chance(settings.seed()).of("adoption");
    List<SimulatedSite> carried =
        Places.load().sites().stream().filter(each -> each.model().startsWith("H")).toList();
    for (int i = 0; i < settings.sites(); i++) {
      SimulatedSite site = carried.get(i % carried.size()).hall(1 + i / carried.size());
      StageSite made = new StageSite(site, network.nearest(site.position()));
      sites.add(made);
      if (orders.containsKey(i)) {
        bought.add(made);
      }
      for (int j = 0; j < orders.getOrDefault(i, settings.hosts()); j++) {
        StageHost host =
            new StageHost(
                String.format(Locale.ROOT, "%s-%04d", site.id(), j + 1),
                made,
                orders.containsKey(i) ? null : site.position(),
                adoption.nextDouble() < settings.adoption());
        hosts.add(host);
        for (int k = 0; k < StageSettings.CHIPS; k++) {
          host.put(chip(host.id));
        }
      }
    }
  }

  /** A chip that nobody has seen yet. */
  StageChip chip(String board) {
    return new StageChip(String.format(Locale.ROOT, "51a%013x", ++newest), board);
  }

  /** The hosts that are declared to be at a site. */
  List<StageHost> at(StageSite site) {
    return hosts.stream().filter(each -> each.site == site).toList();
  }

  /** Whether the hosts of a site are bought in the story. */
  boolean isBought(StageSite site) {
    return bought.contains(site);
  }

  /** Whether a host belongs to one of the sites that the fleet began with. */
  boolean isAtHome(StageHost host) {
    return sites.contains(host.site);
  }

  /** The site that chips of a site may also be at. */
  StageSite second(StageSite site) {
    return sites.get((sites.indexOf(site) + 1) % sites.size());
  }

  /** Where licences let the chips of a site be. */
  SortedSet<String> destinations(StageSite site) {
    // The two may be of one country.
    return new TreeSet<>(List.of(site.site.destination(), second(site).site.destination()));
  }

  /** How many chips are tracked. */
  long tracked() {
    return hosts.stream().filter(each -> each.tracked).mapToLong(each -> each.chips.size()).sum();
  }

  /** What is declared of a host. */
  static Declared declaration(StageHost host) {
    SimulatedSite site = requireNonNull(host.site).site;
    return new Declared(
        new TargetId(host.id), site.id(), site.destination(), site.position(), site.radius(), true);
  }
}
