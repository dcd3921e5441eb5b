package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.Identity;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Invented chips in invented halls in real towns, among landmarks in real cities, with the keys and
 * certificates of them all. Follows from its {@link FleetPlan} alone.
 *
 * @param authority what a reader of its statements must trust
 * @param sites in the order of the carried list, those without hosts too
 * @param hosts by number
 * @param landmarks by number
 */
public record SimulatedFleet(
    FleetPlan plan,
    AuthorityCertificate authority,
    List<SimulatedParty> parties,
    List<SimulatedSite> sites,
    List<SimulatedHost> hosts,
    List<SimulatedChip> chips,
    List<SimulatedLandmark> landmarks) {
  /** How much more than its chips a hall draws: hosts, network, cooling. */
  private static final double OVERHEAD = 1.8;

  private static final int SERIAL_DIGITS = 10;

  public SimulatedFleet {
    requireNonNull(plan, "plan");
    requireNonNull(authority, "authority");
    parties = List.copyOf(parties);
    sites = List.copyOf(sites);
    hosts = List.copyOf(hosts);
    chips = List.copyOf(chips);
    landmarks = List.copyOf(landmarks);
  }

  /** The fleet of a plan; takes a second or two for thousands of chips, most of it for keys. */
  public static SimulatedFleet of(FleetPlan plan) {
    Places places = Places.load();
    SimulatedAuthority authority = new SimulatedAuthority(plan);
    List<SimulatedLandmark> landmarks = new ArrayList<>();
    places
        .landmarks()
        .forEach((landmark, name) ->
            landmarks.add(landmark(landmarks.size() + 1, name, landmark, authority)));
    Chance chance = new Chance(plan.seed());
    int[] shares = shares(plan, places.sites().size(), chance);
    List<SimulatedSite> sites = new ArrayList<>();
    List<SimulatedHost> hosts = new ArrayList<>();
    List<SimulatedChip> chips = new ArrayList<>();
    SplittableRandom serials = chance.of("serials");
    for (int i = 0; i < shares.length; i++) {
      SimulatedSite site = places.sites().get(i);
      int watts = places.watts().getOrDefault(site.model(), 0);
      site = site.withPower((int) Math.ceil(shares[i] * watts * OVERHEAD / 1000));
      sites.add(site);
      for (int j = 0; j < shares[i]; j++) {
        if (j % FleetPlan.CHIPS_PER_HOST == 0) {
          hosts.add(host(hosts.size() + 1, j / FleetPlan.CHIPS_PER_HOST, site, authority));
        }
        chips.add(chip(chips.size() + 1, hosts.getLast(), serials));
      }
    }
    return new SimulatedFleet(
        plan, authority.certificate(), places.parties(), sites, hosts, chips, landmarks);
  }

  /** How many chips each hall has: whole hosts by uneven shares, the rest in the last hall. */
  private static int[] shares(FleetPlan plan, int halls, Chance chance) {
    SplittableRandom random = chance.of("shares");
    double[] weights = random.doubles(halls, 0.4, 1.6).toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    int[] shares = new int[halls];
    int left = plan.chips();
    for (int i = 0; i < halls - 1; i++) {
      int whole = (int) (plan.chips() * weights[i] / sum / FleetPlan.CHIPS_PER_HOST);
      shares[i] = whole * FleetPlan.CHIPS_PER_HOST;
      left -= shares[i];
    }
    shares[halls - 1] = left;
    return shares;
  }

  private static SimulatedLandmark landmark(
      int number, String name, Landmark landmark, SimulatedAuthority authority) {
    SimulatedIdentity identity =
        authority.enrol(
            new Identity(
                Role.LANDMARK, landmark.id().value(), landmark.operator(), Binding.TPM, true));
    return new SimulatedLandmark(
        number, name, landmark, identity, authority.position(landmark, identity));
  }

  private static SimulatedHost host(
      int number, int ofSite, SimulatedSite site, SimulatedAuthority authority) {
    String name = String.format(Locale.ROOT, "%s-%04d", site.id(), ofSite + 1);
    return new SimulatedHost(
        number, site, authority.enrol(new Identity(Role.HOST, name, null, site.binding(), true)));
  }

  private static SimulatedChip chip(int number, SimulatedHost host, SplittableRandom random) {
    // Serial numbers begin with the plant and are otherwise dense; here with a number that grows.
    long serial = 1_600_000_000L + number * 100L + random.nextInt(100);
    byte[] unique = Chance.octets(random, 16);
    // Version 8 of RFC 9562: an identifier of a kind of its own, which no driver gives.
    unique[6] = (byte) ((unique[6] & 0x0F) | 0x80);
    unique[8] = (byte) ((unique[8] & 0x3F) | 0x80);
    String hex = HexFormat.of().formatHex(unique);
    String alias =
        "GPU-"
            + String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    String tag = String.format(Locale.ROOT, "SIM-TAG-%06d", number);
    String device = hex.substring(0, 16);
    return new SimulatedChip(
        "SIM" + String.format(Locale.ROOT, "%0" + SERIAL_DIGITS + "d", serial),
        List.of(alias, tag, device),
        device,
        host.site().model(),
        host);
  }

  /** What {@code POST /api/v1/fleet} takes; everything in it is called simulated. */
  public ObjectNode declaration() {
    return FleetDeclaration.of(this);
  }

  /** The landmarks by name, as a locator wants them. */
  public Map<LandmarkId, Landmark> landmarksById() {
    Map<LandmarkId, Landmark> byId = new LinkedHashMap<>();
    landmarks.forEach(each -> byId.put(each.landmark().id(), each.landmark()));
    return byId;
  }
}
