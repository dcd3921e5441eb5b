package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.reading.Embedder;
import dev.holdfast.trust.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * An embedder that asks another one only for texts that it does not remember. What is remembered is
 * shared among models and bounded; what was not asked for longest is forgotten first.
 */
final class RememberingEmbedder implements Embedder {
  /** Vectors by the SHA-256 of model and text; safe for many threads. */
  static final class Memory {
    private static final float LOAD = 0.75f;

    private final LinkedHashMap<Sha256, float[]> vectors = new LinkedHashMap<>(16, LOAD, true);
    private final int most;

    /**
     * An empty memory.
     *
     * @param most vectors; one takes about 2 KiB of MiniLM and 2.5 KiB of bge-small-zh, with its
     *     key
     */
    Memory(int most) {
      this.most = most;
    }

    synchronized float[] find(Sha256 key) {
      return vectors.getOrDefault(key, NONE);
    }

    synchronized void keep(Sha256 key, float[] vector) {
      vectors.put(key, vector);
      if (vectors.size() > most) {
        vectors.pollFirstEntry();
      }
    }

    synchronized int size() {
      return vectors.size();
    }
  }

  private static final float[] NONE = {};

  private final String model;
  private final Embedder embedder;
  private final Memory memory;

  RememberingEmbedder(String model, Embedder embedder, Memory memory) {
    this.model = model;
    this.embedder = embedder;
    this.memory = memory;
  }

  @Override
  public int dimensions() {
    return embedder.dimensions();
  }

  /** Questions come this way, one by one, and are not remembered. */
  @Override
  public float[] embed(String text) {
    return embedder.embed(text);
  }

  @Override
  public List<float[]> embedAll(List<String> texts, IntConsumer progress) {
    List<float[]> vectors = new ArrayList<>();
    Map<Sha256, String> unknown = new LinkedHashMap<>();
    List<Sha256> keys = new ArrayList<>();
    for (String text : texts) {
      Sha256 key = Sha256.of((model + '\n' + text).getBytes(UTF_8));
      keys.add(key);
      float[] vector = memory.find(key);
      vectors.add(vector);
      if (vector.length == 0) {
        unknown.put(key, text);
      }
    }
    if (!unknown.isEmpty()) {
      List<float[]> made = embedder.embedAll(List.copyOf(unknown.values()), progress);
      Map<Sha256, float[]> fresh = new LinkedHashMap<>();
      for (Sha256 key : unknown.keySet()) {
        float[] vector = made.get(fresh.size());
        fresh.put(key, vector);
        memory.keep(key, vector);
      }
      for (int i = 0; i < keys.size(); i++) {
        if (vectors.get(i).length == 0) {
          vectors.set(i, fresh.getOrDefault(keys.get(i), NONE));
        }
      }
    }
    return vectors;
  }

  @Override
  public void close() {
    embedder.close();
  }
}
