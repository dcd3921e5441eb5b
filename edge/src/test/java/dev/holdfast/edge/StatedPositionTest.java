package dev.holdfast.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Landmark;
import dev.holdfast.model.LandmarkId;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.LandmarkPosition;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.store.TrustFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatedPositionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path desk;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private SmallWorld world;
  private IdentityCertificate own;
  private CertificateVerifier verifier;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    world = new SmallWorld(desk);
    world.landmark("fra-1", 0, "");
    own = TrustFiles.certificate(desk.resolve("fra-1.pem"));
    verifier = TrustFiles.verifier(world.authority.certificateFile(), null);
    file = desk.resolve("fra-1.position.json");
  }

  @AfterEach
  void end() {
    world.close();
  }

  private void state(String landmark, String operator, KeyId key, boolean simulated)
      throws IOException {
    Landmark place =
        new Landmark(
            new LandmarkId(landmark),
            new Position(50.1, 8.7),
            new OperatorId(operator),
            Distance.ofKilometres(1));
    Files.write(
        file,
        world
            .authority
            .position(new LandmarkPosition(place, key, now.minus(HOUR), now.plus(HOUR), simulated))
            .octets());
  }

  private void refused(Instant at, ErrorCode code, String field) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> StatedPosition.read(file, own, verifier, at))
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(code);
          assertThat(e.problem().place()).contains(file + ": " + field);
        });
  }

  @Test
  void thePositionOfTheCertificateIsTaken() throws IOException {
    StatedPosition read = StatedPosition.read(file, own, verifier, now);
    assertThat(read.envelope().octets()).isEqualTo(Files.readAllBytes(file));
    assertThat(read.unchecked()).isEmpty();
  }

  @Test
  void aPositionOfAnotherLandmarkOperatorKeyOrWorldIsRefusedByField() throws IOException {
    KeyId key = own.key().id();
    state("tyo-1", "operator-fra-1", key, false);
    refused(now, ErrorCode.POSITION_REFUSED, "landmark");
    state("fra-1", "somebody", key, false);
    refused(now, ErrorCode.POSITION_REFUSED, "operator");
    state("fra-1", "operator-fra-1", new KeyId("0".repeat(64)), false);
    refused(now, ErrorCode.POSITION_REFUSED, "key");
    state("fra-1", "operator-fra-1", key, true);
    refused(now, ErrorCode.POSITION_REFUSED, "simulated");
  }

  @Test
  void aPositionThatDoesNotHoldNowIsRefusedByField() throws IOException {
    state("fra-1", "operator-fra-1", own.key().id(), false);
    refused(now.minus(HOUR).minusMillis(1), ErrorCode.POSITION_REFUSED, "from");
    refused(now.plus(HOUR).plusMillis(1), ErrorCode.POSITION_REFUSED, "until");
  }

  @Test
  void aPositionThatItsAuthorityDidNotSignIsRefused() throws IOException {
    Envelope good = Envelope.parse(Files.readAllBytes(file), "test");
    try (SmallWorld other = new SmallWorld(desk.resolve("other"))) {
      LandmarkPosition same =
          LandmarkPosition.read(Statement.parse(good.payload(), "test"), "test");
      Files.write(file, other.authority.position(same).octets());
    }
    refused(now, ErrorCode.POSITION_REFUSED, "signature");
  }

  @Test
  void theSignatureIsNotCheckedWhereTheOwnAuthorityIsNotKnownAndThatIsSaid() {
    CertificateVerifier nobody = new CertificateVerifier(List.of(), Map.of());
    assertThat(StatedPosition.read(file, own, nobody, now).unchecked())
        .hasValueSatisfying(reason -> assertThat(reason).contains("no trusted authority"));
  }

  @Test
  void whatIsNoPositionIsRefused() throws IOException {
    Files.writeString(file, "{}");
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> StatedPosition.read(file, own, verifier, now))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_ENVELOPE));
    try (Spool spool = Spool.open(desk.resolve("spool"), own.identity().source(), 1 << 20)) {
      Files.write(file, SpoolTest.said(spool));
    }
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> StatedPosition.read(file, own, verifier, now))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED_POSITION));
  }
}
