package dev.holdfast.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.PolicyCheck;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.VerifierKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is written while witnesses cosign it over HTTP, and fail to. */
final class CosigningLogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder = Path.of("");
  private final List<Running> running = new ArrayList<>();

  /** A witness in a folder, with its server. */
  private final class Running {
    private final SigningKey key;
    private final Path state;
    private final UnaryOperator<HttpHandler> wrapper;
    private Witness witness;
    private LedgerServer server;

    Running(String name, KeyAlgorithm algorithm, UnaryOperator<HttpHandler> wrapper) {
      this.key = TestLogs.key("witness.example/" + name, algorithm);
      this.state = folder.resolve(name);
      this.wrapper = wrapper;
      witness = open();
      server = serve(0);
      running.add(this);
    }

    private Witness open() {
      return Witness.open(state, List.of(key), List.of(TestLogs.KEY.key()), InstantSource.system());
    }

    private LedgerServer serve(int port) {
      HttpHandler handler = wrapper.apply(new WitnessHandler("/", new WitnessResources(witness)));
      return LedgerServer.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Map.of("/", handler));
    }

    Policy.Witness inPolicy(String name, URI address) {
      return new Policy.Witness(name, key.key(), address.toString());
    }

    int stop() {
      int port = server.address().getPort();
      server.close();
      witness.close();
      return port;
    }

    void startAgain(int port) {
      witness = open();
      server = serve(port);
    }
  }

  private Running run(String name, KeyAlgorithm algorithm) {
    return new Running(name, algorithm, handler -> handler);
  }

  @AfterEach
  void stop() {
    running.forEach(Running::stop);
  }

  private static Policy both(Running one, Running two) {
    return new Policy(
        List.of(new Policy.LogKey(TestLogs.KEY.key(), null)),
        List.of(one.inPolicy("one", one.server.uri()), two.inPolicy("two", two.server.uri())),
        List.of(new Policy.Group("both", 2, List.of("one", "two"))),
        "both");
  }

  private LogWriter open(String name, Policy policy, Duration patience) {
    Path root = folder.resolve(name);
    LogFolder.create(root, List.of(TestLogs.KEY), Optional.of(policy), TestLogs.CLOCK);
    return LogWriter.open(
        root,
        List.of(TestLogs.KEY),
        Witnesses.reach(policy, PATIENCE),
        TestLogs.HURRIED.withWitnessPatience(patience),
        TestLogs.CLOCK);
  }

  private static SignedCheckpoint append(LogWriter writer, String entry)
      throws InterruptedException {
    return writer.awaitPublished(writer.append(TestLogs.entry(entry)));
  }

  /** What a reader of the folder sees, once it is as it should be. */
  private SignedCheckpoint awaitAccepted(String name, Policy policy) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      SignedCheckpoint seen = LogFolder.at(folder.resolve(name)).signedCheckpoint();
      PolicyCheck check = policy.check(seen);
      if (check instanceof PolicyCheck.Accepted) {
        return seen;
      }
      assertThat(System.nanoTime()).as(check.toString()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void a_published_checkpoint_carries_the_cosignatures_of_the_quorum() throws Exception {
    Policy policy =
        both(
            run("one", KeyAlgorithm.ED25519_COSIGNATURE),
            run("two", KeyAlgorithm.MLDSA44_COSIGNATURE));
    try (LogWriter writer = open("log", policy, PATIENCE)) {
      for (int i = 0; i < 5; i++) {
        SignedCheckpoint published = append(writer, "entry " + i);
        assertThat(policy.check(published))
            .isInstanceOfSatisfying(
                PolicyCheck.Accepted.class,
                accepted -> assertThat(accepted.witnesses()).containsExactly("one", "two"));
      }
      assertThat(writer.witnessTroubles()).isEmpty();
    }
  }

  @Test
  void with_a_dead_witness_it_is_published_nonetheless_and_cosigned_when_the_witness_is_back()
      throws Exception {
    Running two = run("two", KeyAlgorithm.ED25519_COSIGNATURE);
    Policy policy = both(run("one", KeyAlgorithm.ED25519_COSIGNATURE), two);
    try (LogWriter writer = open("log", policy, PATIENCE)) {
      append(writer, "before");
      int port = two.stop();

      SignedCheckpoint published = append(writer, "without");

      assertThat(policy.check(published))
          .isInstanceOfSatisfying(
              PolicyCheck.QuorumMissing.class,
              missing ->
                  assertThat(missing.statement())
                      .isEqualTo("group both has 1 of 2: one yes, two no"));
      assertThat(writer.witnessTroubles()).containsOnlyKeys("two");

      two.startAgain(port);

      SignedCheckpoint later = awaitAccepted("log", policy);
      assertThat(later.checkpoint()).isEqualTo(published.checkpoint());
      assertThat(policy.check(append(writer, "after"))).isInstanceOf(PolicyCheck.Accepted.class);
    }
  }

  @Test
  void a_witness_that_never_answers_holds_nothing_up_beyond_the_patience() throws Exception {
    Running two =
        new Running(
            "two",
            KeyAlgorithm.ED25519_COSIGNATURE,
            handler -> exchange -> sleep(Duration.ofSeconds(15)));
    Policy policy = both(run("one", KeyAlgorithm.ED25519_COSIGNATURE), two);
    try (LogWriter writer = open("log", policy, Duration.ofSeconds(1))) {
      long began = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        assertThat(policy.check(append(writer, "entry " + i)))
            .isInstanceOf(PolicyCheck.QuorumMissing.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(12));
    }
  }

  @Test
  void a_witness_slower_than_the_patience_cosigns_late() throws Exception {
    Running two =
        new Running(
            "two",
            KeyAlgorithm.ED25519_COSIGNATURE,
            handler ->
                exchange -> {
                  sleep(Duration.ofMillis(700));
                  handler.handle(exchange);
                });
    Policy policy = both(run("one", KeyAlgorithm.ED25519_COSIGNATURE), two);
    try (LogWriter writer = open("log", policy, Duration.ofMillis(200))) {
      SignedCheckpoint published = append(writer, "entry");
      assertThat(awaitAccepted("log", policy).checkpoint()).isEqualTo(published.checkpoint());
    }
  }

  private static void sleep(Duration time) throws IOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void a_log_that_was_put_back_from_an_old_copy_gets_no_cosignature() throws Exception {
    Running one = run("one", KeyAlgorithm.ED25519_COSIGNATURE);
    Policy policy = both(one, run("two", KeyAlgorithm.ED25519_COSIGNATURE));
    try (LogWriter writer = open("log", policy, PATIENCE)) {
      append(writer, "first");
      append(writer, "second");
    }
    try (LogWriter writer = open("old", policy, PATIENCE)) {
      SignedCheckpoint published = append(writer, "another first");
      assertThat(policy.check(published)).isInstanceOf(PolicyCheck.QuorumMissing.class);
      assertThat(writer.witnessTroubles()).containsOnlyKeys("one", "two");
      assertThat(writer.witnessTroubles().get("one")).contains("lost entries or has two writers");
    }
  }

  @Test
  void of_two_writers_with_one_key_only_one_is_cosigned() throws Exception {
    for (int race = 0; race < Counts.of(2); race++) {
      Running witness = run("one" + race, KeyAlgorithm.ED25519_COSIGNATURE);
      Policy policy =
          new Policy(
              List.of(new Policy.LogKey(TestLogs.KEY.key(), null)),
              List.of(witness.inPolicy("one", witness.server.uri())),
              List.of(),
              "one");
      CyclicBarrier start = new CyclicBarrier(2);
      List<Future<List<Checkpoint>>> writers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (String name : List.of("a" + race, "b" + race)) {
          Callable<List<Checkpoint>> writing = () -> write(name, policy, witness.key.key(), start);
          writers.add(threads.submit(writing));
        }
        List<List<Checkpoint>> cosigned =
            List.of(
                writers.get(0).get(120, TimeUnit.SECONDS),
                writers.get(1).get(120, TimeUnit.SECONDS));
        assertThat(cosigned).as("exactly one is cosigned").filteredOn(List::isEmpty).hasSize(1);
      }
    }
  }

  /** The checkpoints with entries that were cosigned. */
  private List<Checkpoint> write(
      String name, Policy policy, VerifierKey witness, CyclicBarrier start) throws Exception {
    List<Checkpoint> cosigned = new ArrayList<>();
    try (LogWriter writer = open(name, policy, PATIENCE)) {
      start.await(60, TimeUnit.SECONDS);
      for (int i = 0; i < 8; i++) {
        SignedCheckpoint published = append(writer, name + " entry " + i);
        if (SignatureChecks.check(published, List.of(witness)).stream()
            .anyMatch(SignatureCheck.Valid.class::isInstance)) {
          cosigned.add(published.checkpoint());
        }
      }
    }
    return cosigned;
  }
}
