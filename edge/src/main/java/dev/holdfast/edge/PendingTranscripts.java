package dev.holdfast.edge;

import dev.holdfast.probe.SessionMessage;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.Sha256;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Transcripts that wait in memory for the countersignature of their host: of each the latest
 * {@value #MOST_OF_ONE}, and of all together as many octets as are allowed; the oldest are given
 * up. For any number of threads.
 */
final class PendingTranscripts {
  static final int MOST_OF_ONE = 64;

  private final long limit;
  private final Map<KeyId, LinkedHashMap<Sha256, byte[]>> waiting = new HashMap<>();

  /** Whose each is, over all hosts, the oldest first. */
  private final LinkedHashMap<Sha256, KeyId> hosts = new LinkedHashMap<>();

  private long octets;

  /**
   * None yet.
   *
   * @param limit octets of all transcripts together; the latest is kept in any case
   */
  PendingTranscripts(long limit) {
    this.limit = limit;
  }

  /**
   * Takes one in.
   *
   * @return how many, of whatever hosts, were given up because all together were too large
   */
  synchronized int add(KeyId host, byte[] transcript) {
    Sha256 name = Sha256.of(transcript);
    LinkedHashMap<Sha256, byte[]> own =
        waiting.computeIfAbsent(host, none -> new LinkedHashMap<>());
    if (own.putIfAbsent(name, transcript) != null) {
      return 0;
    }
    hosts.put(name, host);
    octets += transcript.length;
    if (own.size() > MOST_OF_ONE) {
      remove(host, own.firstEntry().getKey());
    }
    int dropped = 0;
    while (octets > limit && hosts.size() > 1) {
      Map.Entry<Sha256, KeyId> oldest = hosts.firstEntry();
      remove(oldest.getValue(), oldest.getKey());
      dropped++;
    }
    return dropped;
  }

  private void remove(KeyId host, Sha256 transcript) {
    LinkedHashMap<Sha256, byte[]> own = waiting.get(host);
    byte[] removed = own == null ? null : own.remove(transcript);
    if (own != null && removed != null) {
      octets -= removed.length;
      hosts.remove(transcript);
      if (own.isEmpty()) {
        waiting.remove(host);
      }
    }
  }

  /** As many as fit into one conversation, the oldest first. */
  synchronized List<byte[]> of(KeyId host) {
    LinkedHashMap<Sha256, byte[]> own = waiting.get(host);
    return own == null
        ? List.of()
        : own.values().stream().limit(SessionMessage.MOST_PENDING).toList();
  }

  synchronized boolean waits(KeyId host, Sha256 transcript) {
    LinkedHashMap<Sha256, byte[]> own = waiting.get(host);
    return own != null && own.containsKey(transcript);
  }

  /** The host has signed or refused these; either way it is not asked again. */
  synchronized void remove(KeyId host, List<Sha256> transcripts) {
    transcripts.forEach(transcript -> remove(host, transcript));
  }

  /** The octets of all that wait. */
  synchronized long octets() {
    return octets;
  }
}
