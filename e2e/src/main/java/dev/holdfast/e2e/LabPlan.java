package dev.holdfast.e2e;

import java.util.List;
import java.util.Map;

/** Who takes part in the lab, and where: real cities, invented hosts. */
final class LabPlan {
  private LabPlan() {}

  /**
   * A landmark.
   *
   * @param at where its packets come from
   * @param certified where its authority says that it stands
   */
  record LandmarkPlan(String name, String operator, WireNode at, double[] certified) {}

  /** A host that is run by the product's own agent. */
  record HostPlan(String name, String namespace, List<String> landmarks, String more) {}

  static final List<LandmarkPlan> LANDMARKS =
      List.of(
          landmark("tokyo", "east", 1, 35.68, 139.69),
          landmark("yokohama", "west", 2, 35.44, 139.64),
          landmark("osaka", "kansai", 3, 34.69, 135.50),
          landmark("hongkong", "pearl", 4, 22.32, 114.17),
          landmark("singapore", "lion", 5, 1.29, 103.85),
          landmark("frankfurt", "main", 6, 50.11, 8.68),
          landmark("london", "thames", 7, 51.51, -0.13),
          landmark("ashburn", "potomac", 8, 39.04, -77.49),
          landmark("sydney", "harbour", 9, -33.87, 151.21),
          // It says Tokyo and stands in Hong Kong.
          new LandmarkPlan(
              "liar",
              "liars",
              new WireNode("liar", 10, 22.30, 114.18, 0),
              new double[] {35.68, 139.69}),
          // It says Tokyo and never challenges anybody.
          new LandmarkPlan(
              "inventor",
              "fiction",
              new WireNode("inventor", 11, -33.90, 151.20, 0),
              new double[] {35.68, 139.69}));

  static final WireNode INZAI = new WireNode("inzai", 21, 35.83, 140.15, 0);
  static final WireNode MANASSAS = new WireNode("manassas", 22, 38.75, -77.48, 0);
  static final WireNode PENRITH = new WireNode("penrith", 23, -33.75, 150.69, 0);
  static final WireNode SHENZHEN = new WireNode("shenzhen", 24, 22.54, 114.06, 0);
  static final WireNode JOHOR = new WireNode("johor", 25, 1.49, 103.74, 0);
  static final WireNode SLOW = new WireNode("slow", 26, 35.83, 140.15, 20);
  static final WireNode ROUTER = new WireNode("router", 27, 35.80, 140.10, 0);

  /** Behind the router; not on the wire itself. */
  static final String NATTED = "natted";

  static final List<WireNode> SITES =
      List.of(INZAI, MANASSAS, PENRITH, SHENZHEN, JOHOR, SLOW, ROUTER);

  static final int FIXED_PORT = 8870;

  /** What the relay passes on: its own addresses are the hundreds of its network. */
  static final Map<String, String> RELAYED =
      Map.of("tokyo", "10.77.21.101", "yokohama", "10.77.21.102");

  static final List<HostPlan> HOSTS =
      List.of(
          host("inzai-1", "inzai", "", "tokyo", "yokohama", "osaka", "hongkong"),
          host(
              "manassas-1",
              "manassas",
              "reflector-address: 0.0.0.0:" + FIXED_PORT + "\n",
              "ashburn",
              "london",
              "frankfurt"),
          host("penrith-1", "penrith", "", "sydney", "singapore", "inventor"),
          host("johor-1", "johor", "", "singapore", "hongkong"),
          host("slow-1", "slow", "", "tokyo", "yokohama"),
          host("nat-1", NATTED, "", "tokyo", "yokohama"),
          host("ghost", "shenzhen", "", "hongkong", "tokyo", "liar"),
          host("relayed", "shenzhen", "", "tokyo", "yokohama"));

  /** Hosts that cheat, by trick. */
  static final Map<Trick, List<String>> TRICKS_AT_THE_OLD_SITE =
      Map.of(
          Trick.BOUNCED, List.of("tokyo"),
          Trick.WRONG_KEY, List.of("tokyo"),
          Trick.OTHER_KEY, List.of("tokyo", "yokohama"),
          Trick.EARLY, List.of("tokyo"),
          Trick.COPIED, List.of("tokyo"),
          Trick.REPLAYED, List.of("tokyo"));

  private static LandmarkPlan landmark(
      String name, String operator, int index, double latitude, double longitude) {
    return new LandmarkPlan(
        name,
        operator,
        new WireNode(name, index, latitude, longitude, 0),
        new double[] {latitude, longitude});
  }

  private static HostPlan host(String name, String namespace, String more, String... landmarks) {
    return new HostPlan(name, namespace, List.of(landmarks), more);
  }

  static String addressOf(String landmark) {
    return at(landmark).address();
  }

  /** Where a landmark is. */
  static WireNode at(String landmark) {
    return LANDMARKS.stream()
        .filter(each -> each.name().equals(landmark))
        .findFirst()
        .orElseThrow()
        .at();
  }
}
