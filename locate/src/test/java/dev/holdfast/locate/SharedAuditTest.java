package dev.holdfast.locate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Bound;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Delay;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Landmarks held against each other by the hosts that they share. */
final class SharedAuditTest {
  private static final Position OSAKA = new Position(34.69, 135.50);
  private static final Landmark TOKYO = Landmark.of("tokyo", 35.68, 139.69);
  private static final Landmark SEOUL = Landmark.of("seoul", 37.57, 126.98);

  /** Says that it stands in Lima and answers as if it stood in Nagoya. */
  private static final Landmark LIAR = Landmark.of("liar", -12.05, -77.04);

  private static SharedAudit.Measured host(String name, Bound... bounds) {
    return new SharedAudit.Measured(
        new TargetId(name),
        List.of(bounds),
        new SharedAudit.Site("osaka", new Claim.Within(OSAKA, Distance.ofKilometres(5))));
  }

  private static Bound bound(Landmark landmark, double milliseconds) {
    return Locator.bound(landmark, Delay.ofMillis(milliseconds));
  }

  @Test
  void one_that_is_not_where_it_says_contradicts_the_others_and_is_the_suspect() {
    List<SharedAudit.Measured> hosts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      hosts.add(host("h" + i, bound(TOKYO, 5 + i), bound(SEOUL, 9), bound(LIAR, 3)));
    }
    SharedAudit.Result result = SharedAudit.audit(hosts);
    assertThat(result.targets()).isEqualTo(3);
    assertThat(result.contradictions()).hasSize(2);
    assertThat(result.contradictions()).allMatch(each -> each.hosts() == 3);
    assertThat(result.contradictions()).allMatch(each -> each.distanceKm() > each.limitKm());
    assertThat(result.explanation().suspects())
        .containsExactly(new LandmarkAudit.Suspect(new LandmarkId("liar"), 2));
    assertThat(result.exclusions()).hasSize(1);
    SharedAudit.Exclusion exclusion = result.exclusions().getFirst();
    assertThat(exclusion.landmark().value()).isEqualTo("liar");
    assertThat(exclusion.hosts()).isEqualTo(3);
    assertThat(exclusion.alone()).isTrue();
  }

  @Test
  void honest_landmarks_are_never_named_whatever_they_measure() {
    Worlds worlds = new Worlds(5);
    for (int i = 0; i < Counts.of(300); i++) {
      Worlds.World world = worlds.honest();
      SharedAudit.Result result =
          SharedAudit.audit(
              List.of(
                  new SharedAudit.Measured(
                      Worlds.TARGET,
                      world.bounds(),
                      new SharedAudit.Site(
                          "site", new Claim.Within(world.truth(), Distance.ofKilometres(0))))));
      assertThat(result.contradictions()).as("world " + i).isEmpty();
      assertThat(result.explanation().doubted()).isEmpty();
      assertThat(result.exclusions()).as("world " + i).isEmpty();
    }
  }

  @Test
  void a_site_that_all_exclude_is_not_the_fault_of_one() {
    Position abroad = new Position(48.86, 2.35);
    SharedAudit.Result result =
        SharedAudit.audit(
            List.of(
                new SharedAudit.Measured(
                    new TargetId("h"),
                    List.of(bound(TOKYO, 5), bound(SEOUL, 9)),
                    new SharedAudit.Site(
                        "paris", new Claim.Within(abroad, Distance.ofKilometres(5))))));
    assertThat(result.contradictions()).isEmpty();
    assertThat(result.exclusions()).hasSize(2).noneMatch(SharedAudit.Exclusion::alone);
    assertThat(SharedAudit.audit(List.of()).explanation().pairs()).isEmpty();
  }
}
