package dev.holdfast.edge;

import dev.holdfast.probe.SessionMessage;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Transcripts that wait for the countersignature of their host: of each the latest {@value
 * #MOST_OF_ONE}, older ones are given up. For any number of threads.
 */
final class PendingTranscripts {
  static final int MOST_OF_ONE = 64;

  private final Map<KeyId, LinkedHashMap<Sha256, byte[]>> waiting = new HashMap<>();

  synchronized void add(KeyId host, byte[] transcript) {
    LinkedHashMap<Sha256, byte[]> own =
        waiting.computeIfAbsent(host, none -> new LinkedHashMap<>());
    own.put(Sha256.of(transcript), transcript);
    if (own.size() > MOST_OF_ONE) {
      own.pollFirstEntry();
    }
  }

  /** As many as fit into one conversation, the oldest first. */
  synchronized List<byte[]> of(KeyId host) {
    LinkedHashMap<Sha256, byte[]> own = waiting.get(host);
    return own == null
        ? List.of()
        : new ArrayList<>(own.values().stream().limit(SessionMessage.MOST_PENDING).toList());
  }

  synchronized boolean waits(KeyId host, Sha256 transcript) {
    LinkedHashMap<Sha256, byte[]> own = waiting.get(host);
    return own != null && own.containsKey(transcript);
  }

  /** The host has signed or refused these; either way it is not asked again. */
  synchronized void remove(KeyId host, List<Sha256> transcripts) {
    LinkedHashMap<Sha256, byte[]> own = waiting.get(host);
    if (own != null) {
      transcripts.forEach(own::remove);
      if (own.isEmpty()) {
        waiting.remove(host);
      }
    }
  }
}
