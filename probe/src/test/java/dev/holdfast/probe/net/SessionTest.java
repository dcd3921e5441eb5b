package dev.holdfast.probe.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject.Binding;
import dev.holdfast.probe.SessionId;
import dev.holdfast.probe.SessionTerms;
import dev.holdfast.probe.StampMac;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.store.AuthorityFolder;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.HeldKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agent and landmark over real TLS on loopback. */
final class SessionTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SessionTerms TERMS =
      new SessionTerms(SessionId.of(new byte[SessionId.LENGTH]), 77, 2_000_000_000L, 8862);

  @TempDir private Path desk;
  private AuthorityFolder authority;
  private final Recorded recorded = new Recorded();
  private final List<Problem> problems = new CopyOnWriteArrayList<>();
  private SessionServer server;

  /** Remembers what a landmark was asked. */
  private static final class Recorded implements SessionDesk {
    final List<String> hosts = new CopyOnWriteArrayList<>();
    final List<byte[]> keys = new CopyOnWriteArrayList<>();
    final List<byte[]> transcripts = new CopyOnWriteArrayList<>();
    final List<byte[]> envelopes = new CopyOnWriteArrayList<>();
    volatile boolean full;
    final List<String> objections = new CopyOnWriteArrayList<>();

    @Override
    public SessionTerms terms(IdentityCertificate host) {
      if (full) {
        throw new CodedException(Problem.of(ErrorCode.TOO_MANY_SESSIONS, "no more sessions"));
      }
      return TERMS;
    }

    @Override
    public void open(IdentityCertificate host, SessionTerms terms, byte[] key, byte[] pathKey) {
      hosts.add(host.identity().name());
      keys.add(key);
      keys.add(pathKey);
    }

    @Override
    public List<byte[]> pending(IdentityCertificate host, SessionId session) {
      return transcripts;
    }

    @Override
    public void countersigned(IdentityCertificate host, byte[] envelope) {
      envelopes.add(envelope);
    }

    @Override
    public void objected(IdentityCertificate host) {
      objections.add(host.identity().name());
    }
  }

  @BeforeEach
  void begin() {
    authority =
        AuthorityFolder.init(
            desk.resolve("ca"), "ca", Duration.ofDays(9), InstantSource.system(), RANDOM);
    server = serve(landmark("fra-1"));
  }

  @AfterEach
  void end() {
    server.close();
    authority.close();
  }

  private SessionServer serve(HeldIdentity who) {
    SessionServer made =
        new SessionServer(Loopback.any("127.0.0.1"), tls(who, Role.HOST), recorded, problems::add);
    made.start();
    return made;
  }

  private SessionTls tls(HeldIdentity who, Role peer) {
    return new SessionTls(
        who,
        new CertificateVerifier(List.of(authority.authority()), Map.of()),
        peer,
        InstantSource.system());
  }

  private HeldIdentity enrol(AuthorityFolder by, Identity identity, Duration lifetime) {
    HeldKey key = HeldKey.generate(RANDOM);
    return new HeldIdentity(key, by.enrol(identity, key.publicKey(), lifetime));
  }

  private HeldIdentity host(String name) {
    return enrol(
        authority, new Identity(Role.HOST, name, null, Binding.FILE, false), Duration.ofDays(1));
  }

  private HeldIdentity landmark(String name) {
    return enrol(
        authority,
        new Identity(Role.LANDMARK, name, new OperatorId("o"), Binding.FILE, false),
        Duration.ofDays(1));
  }

  private SessionClient client(HeldIdentity who) {
    return new SessionClient(tls(who, Role.LANDMARK));
  }

  private static void refused(ErrorCode code, Runnable call) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.problem().code()).as(e.getMessage()).isEqualTo(code));
  }

  @Test
  void both_ends_of_a_session_derive_the_same_two_keys() {
    SessionClient.OpenedSession opened =
        client(host("rack-7")).open(server.localAddress(), "fra-1");
    assertThat(recorded.hosts).containsExactly("rack-7");
    assertThat(opened.key()).isEqualTo(recorded.keys.get(0)).hasSize(StampMac.KEY_LENGTH);
    assertThat(opened.pathKey()).isEqualTo(recorded.keys.get(1)).isNotEqualTo(opened.key());
    assertThat(opened.terms()).isEqualTo(TERMS);
    assertThat(opened.address()).hasToString("127.0.0.1:8862");
    assertThat(opened.landmark().identity().name()).isEqualTo("fra-1");
    assertThat(opened.toString()).doesNotContain("[B");
  }

  @Test
  void every_session_has_other_keys_under_the_same_terms() {
    SessionClient client = client(host("rack-7"));
    byte[] first = client.open(server.localAddress(), "fra-1").key();
    byte[] second = client.open(server.localAddress(), "fra-1").key();
    assertThat(first).isNotEqualTo(second);
    SessionTerms later = new SessionTerms(TERMS.id(), TERMS.ssid(), TERMS.expiry() + 1, 8862);
    assertThat(later.exporterContext("a", "bc")).isNotEqualTo(TERMS.exporterContext("a", "bc"));
    assertThat(TERMS.exporterContext("ab", "c")).isNotEqualTo(TERMS.exporterContext("a", "bc"));
  }

  @Test
  void a_landmark_of_another_name_or_a_host_in_its_place_gets_no_session() {
    refused(
        ErrorCode.PEER_NOT_CERTIFIED,
        () -> client(host("rack-7")).open(server.localAddress(), "ams-1"));
    try (SessionServer impostor = serve(host("fra-1"))) {
      refused(
          ErrorCode.PEER_NOT_CERTIFIED,
          () -> client(host("rack-7")).open(impostor.localAddress(), "fra-1"));
    }
    assertThat(recorded.keys).isEmpty();
  }

  @Test
  void a_host_that_is_not_certified_as_one_opens_nothing() {
    try (AuthorityFolder other =
        AuthorityFolder.init(
            desk.resolve("other"), "ca", Duration.ofDays(9), InstantSource.system(), RANDOM)) {
      HeldIdentity stranger =
          enrol(
              other,
              new Identity(Role.HOST, "rack-7", null, Binding.FILE, false),
              Duration.ofDays(1));
      assertThatExceptionOfType(CodedException.class)
          .isThrownBy(() -> client(stranger).open(server.localAddress(), "fra-1"));
    }
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> client(landmark("ams-1")).open(server.localAddress(), "fra-1"));
    assertThat(recorded.keys).isEmpty();
    Loopback.await(() -> problems.size() == 2);
    assertThat(problems).extracting(Problem::code).containsOnly(ErrorCode.PEER_NOT_CERTIFIED);
  }

  @Test
  void an_expired_certificate_opens_nothing() throws InterruptedException {
    Instant[] now = {Instant.now().minus(Duration.ofDays(3))};
    try (AuthorityFolder past =
        AuthorityFolder.init(
            desk.resolve("past"), "past", Duration.ofDays(9), () -> now[0], RANDOM)) {
      HeldIdentity expired =
          enrol(
              past,
              new Identity(Role.LANDMARK, "old", new OperatorId("o"), Binding.FILE, false),
              Duration.ofDays(1));
      try (SessionServer old = serve(expired)) {
        SessionClient client =
            new SessionClient(
                new SessionTls(
                    host("rack-7"),
                    new CertificateVerifier(List.of(past.authority()), Map.of()),
                    Role.LANDMARK,
                    InstantSource.system()));
        refused(ErrorCode.PEER_NOT_CERTIFIED, () -> client.open(old.localAddress(), "old"));
      }
    }
  }

  @Test
  void a_landmark_that_has_no_room_says_so() {
    recorded.full = true;
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> client(host("rack-7")).open(server.localAddress(), "fra-1"))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.SESSION_REFUSED))
        .withMessageContaining("no more sessions");
  }

  @Test
  void transcripts_are_shown_and_an_envelope_or_an_objection_comes_back() {
    recorded.transcripts.add(new byte[300_000]);
    recorded.transcripts.add(new byte[] {1});
    Envelope envelope = Envelope.of(new byte[] {5}, new KeyId("00".repeat(32)), new byte[64]);
    SessionClient client = client(host("rack-7"));
    List<Integer> sizes = new ArrayList<>();
    int shown =
        client.countersign(
            server.localAddress(),
            "fra-1",
            TERMS.id(),
            (landmark, transcripts) -> {
              transcripts.forEach(each -> sizes.add(each.length));
              return Optional.of(envelope);
            });
    assertThat(shown).isEqualTo(2);
    assertThat(sizes).containsExactly(300_000, 1);
    assertThat(recorded.envelopes).containsExactly(envelope.octets());
    client.countersign(
        server.localAddress(), "fra-1", TERMS.id(), (landmark, transcripts) -> Optional.empty());
    Loopback.await(() -> recorded.objections.size() == 1);
    recorded.transcripts.clear();
    assertThat(
            client.countersign(
                server.localAddress(),
                "fra-1",
                TERMS.id(),
                (landmark, transcripts) -> {
                  throw new AssertionError("there is nothing to sign");
                }))
        .isZero();
  }

  @Test
  void garbage_instead_of_tls_is_told_and_the_next_call_is_answered() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server.localAddress());
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      out.flush();
      Loopback.await(() -> !problems.isEmpty());
    }
    assertThat(client(host("rack-7")).open(server.localAddress(), "fra-1").terms())
        .isEqualTo(TERMS);
  }

  @Test
  void a_landmark_that_is_not_there_is_unreachable() {
    InetSocketAddress gone = server.localAddress();
    server.close();
    refused(ErrorCode.PEER_UNREACHABLE, () -> client(host("rack-7")).open(gone, "fra-1"));
  }
}
