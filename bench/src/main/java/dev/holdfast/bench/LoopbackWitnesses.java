package dev.holdfast.bench;

import dev.holdfast.ledger.CheckpointSigner;
import dev.holdfast.ledger.KeyAlgorithm;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SigningKey;
import dev.holdfast.ledger.store.LedgerServer;
import dev.holdfast.ledger.store.Witness;
import dev.holdfast.ledger.store.WitnessHandler;
import dev.holdfast.ledger.store.WitnessResources;
import dev.holdfast.ledger.store.Witnesses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Witnesses of one log, in this process, each with its folder and its server on loopback. */
final class LoopbackWitnesses implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<Witness> witnesses = new ArrayList<>();
  private final List<LedgerServer> servers = new ArrayList<>();
  private final List<Policy.Witness> inPolicy = new ArrayList<>();
  private final CheckpointSigner log;

  private LoopbackWitnesses(CheckpointSigner log) {
    this.log = log;
  }

  static LoopbackWitnesses start(Path folder, CheckpointSigner log, int count)
      throws GeneralSecurityException {
    LoopbackWitnesses started = new LoopbackWitnesses(log);
    for (int i = 0; i < count; i++) {
      SigningKey key =
          SigningKey.of(
              "bench.example/witness-" + i,
              KeyAlgorithm.ED25519_COSIGNATURE,
              KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
      Witness witness =
          Witness.open(
              folder.resolve("witness-" + i),
              List.of(key),
              List.of(log.key()),
              InstantSource.system());
      started.witnesses.add(witness);
      LedgerServer server =
          LedgerServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              Map.of("/", new WitnessHandler("/", new WitnessResources(witness))));
      started.servers.add(server);
      started.inPolicy.add(new Policy.Witness("w" + i, key.key(), server.uri().toString()));
    }
    return started;
  }

  /** All of them, each needed for the quorum. */
  Witnesses asked() {
    if (inPolicy.isEmpty()) {
      return Witnesses.none();
    }
    Policy policy =
        new Policy(
            List.of(new Policy.LogKey(log.key(), null)),
            inPolicy,
            List.of(
                new Policy.Group(
                    "all", inPolicy.size(), inPolicy.stream().map(Policy.Witness::name).toList())),
            "all");
    return Witnesses.reach(policy, PATIENCE);
  }

  @Override
  public void close() {
    servers.forEach(LedgerServer::close);
    witnesses.forEach(Witness::close);
  }
}
