package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.ledger.store.LogSettings;
import dev.holdfast.ledger.store.LogWriter;
import dev.holdfast.ledger.store.Witnesses;
import dev.holdfast.model.SourceId;
import dev.holdfast.trust.Chain;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.StatementKey;
import dev.holdfast.trust.store.HeldKey;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a server says in its own name, and that nobody else can. */
final class OwnWordsTest {
  private static final String SITE =
      "{'sites':[{'id':'%s','name':'Hall','operator':'north','destination':'JP',"
          + "'latitude':34.7,'longitude':135.5,'radiusKm':5}]}";

  @TempDir private Path folder;

  @Test
  void what_another_key_says_in_the_servers_name_declares_nothing() {
    try (Desk desk = Desk.in(folder)) {
      desk.declare(SITE.formatted("hall"));
    }
    FleetItem forged =
        FleetFiles.read(SITE.formatted("forged").replace('\'', '"').getBytes(UTF_8), "").getFirst();
    Envelope envelope =
        Signers.sign(
                HeldKey.generate(new SecureRandom()),
                Chain.beginning(new SourceId("server:somebody")),
                Registration.TYPE,
                Desk.NOON,
                new Registration("admin", List.of(forged)).content())
            .envelope();
    try (LogWriter log =
        LogWriter.open(
            new ServerFolder(folder).log(),
            List.of(new ServerFolder(folder).logSigner()),
            Witnesses.none(),
            LogSettings.defaults(),
            () -> Desk.NOON)) {
      assertThat(log.append(envelope.octets())).isPositive();
    }
    try (Desk desk = Desk.in(folder)) {
      assertThat(desk.get("/api/v1/sites").each("id")).containsExactly("hall");
    }
  }

  @Test
  void its_key_is_shown_as_a_web_key_and_is_the_one_that_signs() throws GeneralSecurityException {
    try (Desk desk = Desk.in(folder)) {
      JsonNode key = desk.getAs("", "/.well-known/jwks.json").json().get("keys").get(0);
      AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec("secp256r1"));
      ECPublicKeySpec spec =
          new ECPublicKeySpec(
              new ECPoint(number(key, "x"), number(key, "y")),
              curve.getParameterSpec(ECParameterSpec.class));
      StatementKey shown = StatementKey.of(KeyFactory.getInstance("EC").generatePublic(spec));
      assertThat(shown.id().hex()).isEqualTo(key.get("kid").asString());
      desk.declare(SITE.formatted("hall"));
      byte[] entry =
          Base64.getDecoder()
              .decode(desk.get("/api/v1/entries/0").json().get("envelope").asString());
      Envelope envelope = Envelope.parse(entry, "entry");
      assertThat(envelope.key()).isEqualTo(shown.id());
      assertThat(shown.verifies(envelope.signedOctets(), envelope.signature())).isTrue();
    }
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.get(name).asString()));
  }

  @Test
  void a_site_that_nobody_declared_cannot_be_disclosed() {
    try (Desk desk = Desk.in(folder)) {
      desk.post(
              "/api/v1/disclosures",
              "{\"auditor\":\"ward\",\"site\":\"nowhere\",\"from\":\"2026-01-01T00:00:00.000Z\","
                  + "\"until\":\"2027-01-01T00:00:00.000Z\"}")
          .requireProblem(400, ErrorCode.UNKNOWN_REFERENCE);
    }
  }
}
