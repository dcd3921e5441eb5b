package dev.holdfast.sim;

import dev.holdfast.probe.RoundCheck;
import dev.holdfast.probe.RoundVerifier;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.StatementSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps everything that is said, and checks it as a reader would. */
final class Heard implements StatementSink {
  final Map<Sha256, byte[]> blobs = new HashMap<>();
  final List<Envelope> statements = new ArrayList<>();

  @Override
  public void keep(Sha256 name, byte[] octets) {
    blobs.put(name, octets);
  }

  @Override
  public void say(List<Envelope> envelopes) {
    statements.addAll(envelopes);
  }

  /** What the product's own verifier makes of it. */
  List<RoundCheck> checked(SimulatedFleet fleet) {
    RoundVerifier verifier =
        new RoundVerifier(new CertificateVerifier(List.of(fleet.authority()), Map.of()));
    statements.forEach(each -> verifier.add(each.octets(), "statement"));
    return verifier.check(name -> Optional.ofNullable(blobs.get(name)));
  }
}
