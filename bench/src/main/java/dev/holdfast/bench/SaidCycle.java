package dev.holdfast.bench;

import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.StatementSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a cycle of simulated traffic hands over, kept until it is sent. */
final class SaidCycle implements StatementSink {
  final Map<Sha256, byte[]> blobs = new LinkedHashMap<>();
  final List<List<Envelope>> statements = new ArrayList<>();

  @Override
  public void keep(Sha256 name, byte[] octets) {
    blobs.put(name, octets);
  }

  @Override
  public void say(List<Envelope> said) {
    statements.add(List.copyOf(said));
  }

  int size() {
    return statements.stream().mapToInt(List::size).sum();
  }
}
