package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.base.Problem;
import dev.holdfast.edge.SpooledRounds;
import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundCheck.Bounds;
import dev.holdfast.probe.RoundCheck.BoundsNothing;
import dev.holdfast.trust.store.TrustFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lab runs once, with everybody in it at the same time; then each test asks what came of one of
 * them. All of it is simulated but the processes and the packets.
 */
final class LabTest {
  private static final long LONGEST_SECONDS = 90;

  @TempDir private static Path folder;

  private static Lab lab;
  private static List<RoundCheck> rounds = List.of();
  private static Map<String, Integer> statuses = Map.of();
  private static final Map<Integer, List<JsonNode>> REPORTS = new HashMap<>();

  @BeforeAll
  static void run() throws Exception {
    String missing = Lab.missing();
    assumeTrue(missing.isEmpty(), missing);
    lab = new Lab(folder);
    lab.prepare();
    measureTheWire();
    lab.start();
    await(() -> bounds("inzai-1", "osaka") >= 1);
    lab.kill("osaka");
    int before = bounds("inzai-1", "osaka");
    lab.startLandmark("osaka");
    await(() -> bounds("inzai-1", "osaka") > before && isComplete());
    statuses = lab.stop();
    rounds = checked();
    claims();
    for (int faults : new int[] {0, 1}) {
      REPORTS.put(faults, locate(faults));
    }
  }

  @AfterAll
  static void end() {
    if (lab != null) {
      lab.close();
    }
  }

  /** Before anybody else is there: what the wire adds to the delay that it simulates. */
  private static void measureTheWire() throws Exception {
    Process reflector = lab.plainReflector("yokohama");
    try {
      String answer =
          lab.ask(
              "tokyo",
              "probe",
              LabPlan.addressOf("yokohama") + ":862",
              "--count",
              "50",
              "--interval",
              "5",
              "--output",
              "json");
      double shortest =
          answer
                  .lines()
                  .map(LabTest::json)
                  .filter(line -> line.has("minimumNanoseconds"))
                  .findFirst()
                  .orElseThrow()
                  .path("minimumNanoseconds")
                  .asDouble()
              / 1e6;
      double nominal = Wire.leastRoundTrip(LabPlan.at("tokyo"), LabPlan.at("yokohama"));
      System.out.printf(
          "wire: tokyo to yokohama and back takes %.3f ms at least, measured %.3f: it adds %.3f ms%n",
          nominal, shortest, shortest - nominal);
      assertThat(shortest).isGreaterThanOrEqualTo(nominal);
    } finally {
      reflector.destroyForcibly();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!condition.holds() && System.nanoTime() < end) {
      Thread.sleep(1000);
    }
  }

  private static List<RoundCheck> checked() {
    List<Problem> problems = new ArrayList<>();
    List<RoundCheck> found =
        SpooledRounds.below(lab.spools())
            .check(TrustFiles.verifier(lab.authority(), null), problems::add, () -> {});
    assertThat(problems).isEmpty();
    return found;
  }

  private static int bounds(String host, String landmark) {
    return Files.exists(lab.spools())
        ? (int) checked().stream().filter(each -> isBetween(each, host, landmark)).count()
        : 0;
  }

  private static boolean isBetween(RoundCheck check, String host, String landmark) {
    return check instanceof Bounds bounds
        && bounds.round().host().equals(host)
        && bounds.landmark().id().value().equals(landmark);
  }

  /** Everybody was measured twice, and whoever answers has signed. */
  private static boolean isComplete() {
    List<RoundCheck> all = checked();
    for (LabPlan.HostPlan host : LabPlan.HOSTS) {
      for (String landmark : host.landmarks()) {
        if (!landmark.equals("inventor")
            && all.stream().filter(each -> isBetween(each, host.name(), landmark)).count() < 2) {
          return false;
        }
      }
    }
    boolean twins =
        all.stream().anyMatch(each -> isBetween(each, "twin", "ashburn"))
            && all.stream().anyMatch(each -> isBetween(each, "twin", "sydney"));
    boolean boxed =
        all.stream().anyMatch(each -> isBetween(each, "boxed", "tokyo"))
            && all.stream().anyMatch(each -> isBetween(each, "clocks", "hongkong"));
    return twins && boxed && lab.log("inventor").contains("objected");
  }

  private static void claims() throws Exception {
    List<String> lines = new ArrayList<>(List.of("target,subject,country"));
    for (String host :
        List.of(
            "inzai-1",
            "slow-1",
            "nat-1",
            "ghost",
            "relayed",
            "boxed",
            "bounced",
            "wrong-key",
            "other-key",
            "early",
            "copied",
            "replayed",
            "clocks")) {
      lines.add(host + ",key,JP");
      lines.add(host + ",chip,JP");
    }
    lines.add("manassas-1,key,US");
    lines.add("penrith-1,key,AU");
    lines.add("johor-1,key,MY");
    lines.add("twin,key,US");
    Files.write(folder.resolve("claims.csv"), lines);
  }

  private static List<JsonNode> locate(int faults) throws Exception {
    return lab.ask(
            "",
            "locate",
            "--rounds",
            lab.spools().toString(),
            "--authority",
            lab.authority().toString(),
            "--claims",
            folder.resolve("claims.csv").toString(),
            "--tolerate-faults",
            "" + faults,
            "--output",
            "json")
        .lines()
        .map(LabTest::json)
        .toList();
  }

  private static JsonNode json(String line) {
    return JsonMapper.shared().readTree(line);
  }

  private static JsonNode report(String host, String subject, int faults) {
    return REPORTS.getOrDefault(faults, List.of()).stream()
        .filter(each ->
            each.path("target").asString().equals(host)
                && kind(each)
                    .equals(subject.equals("key") && bounding(host) == 0 ? "host" : subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no report of " + subject + " of " + host));
  }

  private static String kind(JsonNode report) {
    return report.path("subject").path("kind").asString();
  }

  private static JsonNode answer(String host, String subject, int faults) {
    return report(host, subject, faults).path("answers").path(0);
  }

  private static String verdict(String host, String subject) {
    return answer(host, subject, 0).path("verdict").asString();
  }

  private static String reason(String host, String subject) {
    return answer(host, subject, 0).path("reasonCode").asString();
  }

  private static List<BoundsNothing> nothing(String host) {
    return rounds.stream()
        .filter(BoundsNothing.class::isInstance)
        .map(BoundsNothing.class::cast)
        .filter(each -> each.round().host().equals(host))
        .toList();
  }

  private static long bounding(String host) {
    return rounds.stream()
        .filter(each -> each instanceof Bounds && each.round().host().equals(host))
        .count();
  }

  /** Every round bounds nothing, and packets were refused for this reason. */
  private static void nothingFrom(String host, String... refusals) {
    assertThat(verdict(host, "key")).isEqualTo("UNPROVEN");
    assertThat(bounding(host)).isZero();
    assertThat(nothing(host)).isNotEmpty();
    Set<String> seen = new TreeSet<>();
    nothing(host).forEach(each -> seen.addAll(each.round().refused().keySet()));
    assertThat(seen).as("refusals of " + host).containsAnyOf(refusals);
  }

  @Test
  void honest_sites_with_a_landmark_near_are_proved_in_their_country() {
    for (String host : List.of("inzai-1", "manassas-1", "penrith-1", "nat-1")) {
      assertThat(verdict(host, "key")).as(host).isEqualTo("PROVED");
      assertThat(report(host, "key", 0).path("basis").asString()).isEqualTo("signed-rounds");
    }
  }

  @Test
  void an_honest_site_without_one_is_unproven_and_nobody_honest_is_refuted() {
    assertThat(verdict("johor-1", "key")).isEqualTo("UNPROVEN");
    assertThat(REPORTS.values().stream().flatMap(List::stream))
        .allSatisfy(report -> {
          if (Set.of("inzai-1", "manassas-1", "penrith-1", "johor-1", "slow-1", "nat-1")
              .contains(report.path("target").asString())) {
            report
                .path("answers")
                .forEach(answer ->
                    assertThat(answer.path("verdict").asString()).isNotEqualTo("REFUTED"));
          }
        });
  }

  @Test
  void everything_here_is_called_simulated() {
    assertThat(REPORTS.get(0))
        .allSatisfy(report -> {
          if (report.path("window").path("used").asInt() > 0) {
            assertThat(report.path("simulated").asBoolean()).isTrue();
          }
        });
  }

  @Test
  void a_relay_without_the_key_leaves_the_old_site_unproven() {
    assertThat(bounding("relayed")).isPositive();
    assertThat(verdict("relayed", "key")).isEqualTo("UNPROVEN");
  }

  @Test
  void a_box_with_the_session_key_proves_a_key_at_the_old_site_and_no_chip() {
    assertThat(verdict("boxed", "key")).isEqualTo("PROVED");
    assertThat(verdict("boxed", "chip")).isEqualTo("UNPROVEN");
    assertThat(reason("boxed", "chip")).isEqualTo("reason.no-chip-evidence");
  }

  @Test
  void a_host_that_stays_while_its_chips_leave_proves_no_chip() {
    assertThat(verdict("inzai-1", "key")).isEqualTo("PROVED");
    assertThat(verdict("inzai-1", "chip")).isEqualTo("UNPROVEN");
  }

  @Test
  void added_delay_makes_nothing_of_a_proof() {
    assertThat(bounding("slow-1")).isPositive();
    assertThat(verdict("slow-1", "key")).isEqualTo("UNPROVEN");
  }

  @Test
  void answers_before_the_challenge_count_for_nothing() {
    nothingFrom("early", "other-nonce", "not-awaited", "wrong-mac");
  }

  @Test
  void replayed_answers_count_once() {
    nothingFrom("replayed", "duplicate", "not-awaited", "late");
  }

  @Test
  void a_challenge_that_bounces_back_is_no_answer() {
    nothingFrom("bounced", "not-awaited", "wrong-mac");
  }

  @Test
  void the_tlvs_of_a_challenge_behind_an_answer_made_before_it_count_for_nothing() {
    nothingFrom("copied", "wrong-tlv-mac");
  }

  @Test
  void answers_under_a_made_up_key_count_for_nothing() {
    nothingFrom("wrong-key", "wrong-mac");
  }

  @Test
  void the_key_of_a_session_with_one_landmark_is_worth_nothing_at_another() {
    nothingFrom("other-key", "wrong-mac");
  }

  @Test
  void spoofed_sources_do_not_disturb_an_honest_host() {
    assertThat(lab.log("spoofer")).startsWith("ready");
    assertThat(verdict("manassas-1", "key")).isEqualTo("PROVED");
    long disturbed =
        rounds.stream()
            .filter(each -> each.round().host().equals("manassas-1"))
            .flatMap(each -> each.round().addresses().stream())
            .filter(address -> !address.startsWith(LabPlan.MANASSAS.address()))
            .count();
    assertThat(disturbed).isZero();
  }

  @Test
  void one_key_at_two_places_is_a_conflict_that_accuses_the_key() {
    assertThat(verdict("twin", "key")).isEqualTo("UNPROVEN");
    assertThat(reason("twin", "key")).isEqualTo("reason.conflict-pair-of-key");
    assertThat(answer("twin", "key", 0).path("reason").asString())
        .contains("this key answers at two places", "no chip is");
  }

  @Test
  void a_lying_landmark_alone_proves_nothing() {
    assertThat(rounds.stream().anyMatch(each -> isBetween(each, "ghost", "liar"))).isTrue();
    for (int faults : new int[] {0, 1}) {
      assertThat(answer("ghost", "key", faults).path("verdict").asString())
          .as("with " + faults + " faults")
          .isEqualTo("UNPROVEN");
    }
    assertThat(answer("inzai-1", "key", 1).path("verdict").asString()).isEqualTo("PROVED");
  }

  @Test
  void a_round_that_a_landmark_invented_has_no_countersignature() {
    assertThat(nothing("penrith-1"))
        .anySatisfy(each -> assertThat(each.why()).isEqualTo(RoundCheck.Why.NOT_COUNTERSIGNED));
    assertThat(rounds.stream().noneMatch(each -> isBetween(each, "penrith-1", "inventor")))
        .isTrue();
    assertThat(lab.log("inventor")).contains("invented a round", "objected penrith-1");
    assertThat(lab.log("penrith-1")).contains("objection");
  }

  @Test
  void a_reflectors_jumping_clock_shortens_no_bound() {
    assertThat(bounding("clocks")).isPositive();
    // It stands in Shenzhen, and the landmark in Hong Kong is near enough to say so.
    assertThat(verdict("clocks", "key")).isEqualTo("REFUTED");
    assertThat(rounds)
        .filteredOn(each -> isBetween(each, "clocks", "tokyo"))
        .allSatisfy(each ->
            assertThat(each.round().timings().minimum())
                .isGreaterThan(
                    (long) (Wire.leastRoundTrip(LabPlan.SHENZHEN, LabPlan.at("tokyo")) * 1e6)));
  }

  @Test
  void a_nat_may_change_ports_as_it_likes() {
    Set<String> addresses = new TreeSet<>();
    for (RoundCheck each : rounds) {
      if (each instanceof Bounds && each.round().host().equals("nat-1")) {
        addresses.addAll(each.round().addresses());
      }
    }
    assertThat(addresses).as("ports that a landmark saw").hasSizeGreaterThan(2);
    assertThat(verdict("nat-1", "key")).isEqualTo("PROVED");
  }

  @Test
  void a_landmark_that_died_mid_round_goes_on_where_it_was() {
    assertThat(lab.log("osaka").split("started", -1)).hasSize(3);
    assertThat(rounds.stream().filter(each -> isBetween(each, "inzai-1", "osaka")).count())
        .isGreaterThan(1);
  }

  @Test
  void everybody_stops_when_told_to() {
    Predicate<String> ours =
        name ->
            LabPlan.HOSTS.stream().anyMatch(each -> each.name().equals(name))
                || (LabPlan.LANDMARKS.stream().anyMatch(each -> each.name().equals(name))
                    && !name.equals("inventor"));
    assertThat(statuses.keySet().stream().filter(ours)).hasSize(18);
    assertThat(statuses)
        .allSatisfy((name, status) -> {
          if (ours.test(name)) {
            assertThat(status).as(name).isZero();
          }
        });
  }
}
