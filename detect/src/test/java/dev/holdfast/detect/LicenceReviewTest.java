package dev.holdfast.detect;

import static dev.holdfast.detect.WatchScene.announced;
import static dev.holdfast.detect.WatchScene.chips;
import static dev.holdfast.detect.WatchScene.hour;
import static dev.holdfast.detect.WatchScene.licensed;
import static dev.holdfast.detect.WatchScene.round;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Evidence.Demand;
import dev.holdfast.model.Evidence.Licensed;
import dev.holdfast.model.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How licences stand by what their chips show. */
final class LicenceReviewTest {
  private final WatchScene scene = new WatchScene();

  private LicenceStanding only(double hours) {
    return scene.watch.licences(hour(hours)).getFirst();
  }

  private static Licensed ofModel(String model, String destination) {
    return new Licensed(
        "L-2",
        new TreeSet<>(),
        new TreeSet<>(Set.of(model)),
        "operator",
        new TreeSet<>(Set.of(destination)),
        new TreeSet<>(),
        hour(5),
        hour(50),
        new TreeMap<>(),
        WatchScene.START,
        true);
  }

  @Test
  void
      chips_that_show_what_is_demanded_satisfy_and_each_that_does_not_is_told_with_what_it_lacks() {
    scene.site("hall", 1);
    scene.sign("hall-0", 2, 9);
    scene.say(round("hall-0", Rounds.NEAR, 1, 9));
    scene.say(
        licensed(
            chips("hall-0", 3),
            Map.of(Demand.SIGNATURES, Duration.ofHours(24), Demand.ROUNDS, Duration.ofHours(48))));
    LicenceStanding soon = only(10);
    assertThat(soon.force()).isEqualTo(LicenceStanding.Force.NOW);
    assertThat(soon.chips()).isEqualTo(3);
    assertThat(soon.unheard()).isEqualTo(1);
    assertThat(soon.satisfied()).isEqualTo(3);
    assertThat(soon.missing()).isEmpty();
    LicenceStanding unsigned = only(25);
    assertThat(unsigned.satisfied()).isEqualTo(2);
    assertThat(unsigned.missing()).isEqualTo(Map.of("signatures", 1));
    assertThat(unsigned.reasons())
        .extracting(Reason::code)
        .containsExactly("reason.no-lease-licence-demand");
    LicenceStanding late = only(60);
    assertThat(late.satisfied()).isZero();
    assertThat(late.missing()).isEqualTo(Map.of("rounds", 3, "signatures", 3));
    assertThat(late.excused()).isZero();
  }

  @Test
  void what_is_missing_during_an_announced_outage_is_excused_and_still_missing() {
    scene.site("hall", 1);
    scene.sign("hall-0", 1, 1);
    scene.say(licensed(chips("hall-0", 1), Map.of(Demand.SIGNATURES, Duration.ofHours(4))));
    scene.say(announced("hall", 2, 20));
    scene.tick(6);
    assertThat(only(6).missing()).isEqualTo(Map.of("signatures", 1));
    assertThat(only(6).excused()).isEqualTo(1);
    assertThat(only(6).satisfied()).isZero();
  }

  @Test
  void a_licence_of_models_covers_their_chips_where_it_lets_them_be_and_while_it_is_in_force() {
    scene.site("hall", 1);
    scene.sign("hall-0", 2, 9);
    scene.say(ofModel("GH100", "JP"));
    assertThat(only(4).force()).isEqualTo(LicenceStanding.Force.LATER);
    assertThat(only(10).satisfied()).isEqualTo(2);
    assertThat(only(50).force()).isEqualTo(LicenceStanding.Force.ENDED);
    scene.say(ofModel("GH100", "DE"));
    assertThat(only(10).satisfied()).isZero();
    assertThat(only(10).missing()).isEqualTo(Map.of("place", 2));
    assertThat(only(10).reasons())
        .extracting(Reason::code)
        .containsOnly("reason.no-lease-licence-place");
    scene.say(ofModel("another", "JP"));
    assertThat(only(10).chips()).isZero();
  }
}
