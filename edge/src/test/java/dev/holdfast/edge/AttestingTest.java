package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attest.EvidenceNonce;
import dev.holdfast.attest.InventoryJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Reported;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.trust.CertificateMemory;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.HostWord;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.Statement;
import dev.holdfast.trust.StatementSigner;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.HeldKey;
import dev.holdfast.trust.store.ServerClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent says of its chips. */
final class AttestingTest {
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
  private static final byte[] CHAIN = "chain in PEM".getBytes(UTF_8);

  @TempDir private Path folder = Path.of("");
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
  private final List<byte[]> asked = new ArrayList<>();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final byte[] challenge = new byte[32];
  private boolean hasDriver = true;

  @SuppressWarnings("NullAway.Init") // made before each test
  private AuthorityFolder authority;

  @SuppressWarnings("NullAway.Init")
  private IdentityCertificate certificate;

  @SuppressWarnings("NullAway.Init")
  private Spool spool;

  @SuppressWarnings("NullAway.Init")
  private Attesting attesting;

  /** Two chips that sign whatever they are asked. */
  private final class Chips implements InventorySource, EvidenceSource {
    @Override
    public Inventory.Source kind() {
      return Inventory.Source.NVML;
    }

    private void requireDriver() {
      if (!hasDriver) {
        throw new CodedException(
            Problem.of(ErrorCode.NO_ACCELERATOR_LIBRARY, "there is no driver"));
      }
    }

    @Override
    public Inventory look() {
      requireDriver();
      return new Inventory(
          Inventory.Source.NVML,
          "rack-7",
          null,
          Reported.of("590.12"),
          Map.of(),
          List.of(),
          List.of());
    }

    @Override
    public Gathered evidence(byte[] nonce) {
      requireDriver();
      asked.add(nonce);
      return new Gathered(
          List.of(
              new ChipEvidence("0", CHAIN, new byte[] {1}, Duration.ofMillis(9)),
              new ChipEvidence("1", CHAIN, new byte[] {2}, Duration.ofMillis(8))),
          List.of());
    }
  }

  @BeforeEach
  void begin() {
    SecureRandom random = new SecureRandom();
    authority =
        AuthorityFolder.init(
            folder.resolve("ca"), "ca", Duration.ofDays(9), InstantSource.fixed(NOON), random);
    HeldKey key = HeldKey.generate(random);
    certificate =
        authority.enrol(
            new Identity(Role.HOST, "rack-7", null, Binding.FILE, false),
            key.publicKey(),
            Duration.ofDays(1));
    spool = Spool.open(folder.resolve("spool"), certificate.identity().source(), 1 << 20);
    attesting =
        new Attesting(
            certificate,
            new StatementSigner(key.signing()),
            spool,
            List.of(new Chips()),
            () -> new ServerClient.Challenge(challenge, NOON.plusSeconds(600)),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            "session-1",
            new DaemonLog(
                new PrintStream(told, true, UTF_8), LogForm.TEXT, InstantSource.fixed(NOON)),
            clock::get);
  }

  @AfterEach
  void end() {
    spool.close();
  }

  @Test
  void all_chips_of_a_host_are_asked_one_nonce_that_names_its_key_and_session() {
    attesting.step();
    assertThat(asked)
        .containsExactly(EvidenceNonce.derive(challenge, certificate.key().spki(), "session-1"));
    List<HostWord> said = said();
    assertThat(said).hasSize(3);
    assertThat(said.get(0))
        .isInstanceOfSatisfying(
            HostWord.Inventory.class,
            word ->
                assertThat(InventoryJson.read(word.inventory(), "spool").driver())
                    .isEqualTo(Reported.of("590.12")));
    assertThat(said.subList(1, 3))
        .allSatisfy(each ->
            assertThat(each)
                .isInstanceOfSatisfying(
                    HostWord.Evidence.class,
                    word -> {
                      assertThat(word.challenge()).isEqualTo(challenge);
                      assertThat(word.session()).isEqualTo("session-1");
                      assertThat(word.chain()).isEqualTo(CHAIN);
                      assertThat(word.took()).isIn(Duration.ofMillis(9), Duration.ofMillis(8));
                    }));
  }

  @Test
  void it_asks_again_when_the_time_has_come_and_not_before() {
    attesting.step();
    clock.set(NOON.plus(Duration.ofMinutes(4)));
    attesting.step();
    assertThat(asked).hasSize(1);
    clock.set(NOON.plus(Duration.ofMinutes(5)));
    attesting.step();
    assertThat(asked).hasSize(2);
    assertThat(said()).as("the inventory is due in an hour").hasSize(5);
  }

  @Test
  void a_driver_that_is_missing_is_told_once_and_looked_for_again() {
    hasDriver = false;
    attesting.step();
    clock.set(NOON.plus(Duration.ofHours(2)));
    attesting.step();
    assertThat(told.toString(UTF_8).lines().filter(line -> line.contains("there is no driver")))
        .hasSize(1);
    assertThat(said()).isEmpty();
    hasDriver = true;
    clock.set(NOON.plus(Duration.ofHours(4)));
    attesting.step();
    assertThat(said()).hasSize(3);
  }

  private List<HostWord> said() {
    CertificateMemory memory = new CertificateMemory(new CertificateVerifier(List.of(), Map.of()));
    return spool.waiting(100).stream()
        .map(each ->
            HostWord.read(
                each.envelope(),
                Statement.parse(each.envelope().payload(), "spool"),
                "spool",
                memory))
        .toList();
  }
}
