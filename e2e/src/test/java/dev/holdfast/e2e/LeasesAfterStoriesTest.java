package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Evidence;
import dev.holdfast.model.Evidence.Bounded;
import dev.holdfast.model.Reason;
import dev.holdfast.sim.SignedStage;
import dev.holdfast.sim.SimulatedIdentity;
import dev.holdfast.sim.Stage;
import dev.holdfast.sim.StageSettings;
import dev.holdfast.trust.EarProfile;
import dev.holdfast.trust.Lease;
import dev.holdfast.trust.LeaseCheck;
import dev.holdfast.trust.LeaseVerifier;
import dev.holdfast.trust.store.LeaseAnswer;
import dev.holdfast.trust.store.LeaseClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a lease when chips were carried abroad, and who does not. */
final class LeasesAfterStoriesTest {
  private static final String AUDIENCE = "slurm.example";

  @TempDir private Path folder = Path.of("");

  /** When each host was measured last. */
  private static final class Measured implements Stage.Audience {
    private final Map<String, Instant> last = new HashMap<>();

    @Override
    public void hear(Evidence evidence) {
      if (evidence instanceof Bounded round) {
        last.put(round.host().value(), round.measuredAt());
      }
    }

    @Override
    public void tick(Instant at) {}
  }

  @Test
  void hosts_at_home_get_leases_and_chips_that_were_carried_abroad_get_none() throws Exception {
    Measured measured = new Measured();
    try (StagedServer served = new StagedServer(folder);
        LeaseClient client = new LeaseClient(served.uri())) {
      SignedStage signed = ShortStory.tell(served, 2, measured);
      int granted = 0;
      int refused = 0;
      for (Map.Entry<String, Instant> each : measured.last.entrySet()) {
        SimulatedIdentity identity = signed.identity(each.getKey());
        Instant now = each.getValue().plus(Duration.ofMinutes(1));
        served.at(now);
        LeaseAnswer answer =
            client.ask(identity.certificate(), identity.key(), AUDIENCE, served.token(), now);
        switch (answer) {
          case LeaseAnswer.Granted(String text) -> {
            granted++;
            LeaseCheck check =
                new LeaseVerifier(client.keys(), EarProfile.DEFAULT, LeaseVerifier.USUAL_SKEW)
                    .check(text, "lease", AUDIENCE, now);
            assertThat(check).isInstanceOf(LeaseCheck.Good.class);
            Lease lease = ((LeaseCheck.Good) check).lease();
            assertThat(lease.host().value()).isEqualTo(each.getKey());
            assertThat(lease.key()).isEqualTo(identity.key().publicKey());
            assertThat(lease.chips()).hasSize(StageSettings.CHIPS);
            assertThat(lease.simulated()).isTrue();
            assertThat(lease.site()).isNotEqualTo("sim-abroad");
            assertThat(Duration.between(lease.issued(), lease.expires()))
                .isLessThanOrEqualTo(Duration.ofHours(1));
          }
          case LeaseAnswer.Refused refusal -> {
            refused++;
            assertThat(refusal.reasons()).isNotEmpty();
            if (each.getKey().startsWith("sim-abroad")) {
              assertThat(refusal.reasons())
                  .extracting(Reason::code)
                  .contains("reason.no-lease-licence-place");
            }
          }
        }
      }
      // The host of the second hall; not the empty one of the first, nor the new one abroad.
      assertThat(granted).isEqualTo(1);
      assertThat(refused).isEqualTo(2);
    }
  }
}
