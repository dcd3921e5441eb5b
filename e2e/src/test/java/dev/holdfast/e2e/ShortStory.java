package dev.holdfast.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.model.Evidence;
import dev.holdfast.sim.SignedStage;
import dev.holdfast.sim.Stage;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.sim.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** As the story whole-site, in a few days: one host of eight chips at each of two sites. */
final class ShortStory {
  private static final long SEED = 5;

  private ShortStory() {}

  /** Of whoever looks at the server alone. */
  static final class Nobody implements Stage.Audience {
    @Override
    public void hear(Evidence evidence) {}

    @Override
    public void tick(Instant at) {}
  }

  /**
   * Has a server told it.
   *
   * @param installed the day on which the chips are put together again; the story ends two later
   */
  static SignedStage tell(StagedServer served, int installed, Stage.Audience listener) {
    SignedStage signed = new SignedStage(SEED, Duration.ofDays(30), served.world(), listener);
    var _ =
        new Stage(
                StageSettings.usual(SEED).sized(1, installed + 2),
                Story.read(story(installed).getBytes(UTF_8), "story"))
            .play(signed);
    return signed;
  }

  private static String story(int installed) {
    return String.format(
        Locale.ROOT,
        """
        family: short
        about: A hall is dismantled, carried over a border and put together again under new hosts.
        acts:
          - {day: 1, act: inspect, site: 0}
          - {day: 1, act: remove, site: 0, hosts: all, hours: 2}
          - {day: 2, act: border}
          - {day: %d, act: install, hosts: new, destination: KP, latitude: 39.03, longitude: 125.75}
        """,
        installed);
  }
}
