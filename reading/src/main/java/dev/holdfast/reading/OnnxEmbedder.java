package dev.holdfast.reading;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * An {@link EmbeddingModel} run by ONNX Runtime, out of the jars that carry it.
 *
 * <p>Texts go through the network one by one, each on one thread. The networks are quantized as
 * they run: every layer is scaled by the largest number in it, so that in a batch the vector of a
 * text would hang on its neighbours, and padding costs more than a batch saves. Threads work on
 * different texts.
 *
 * <p>A text of more than 510 tokens is read in parts of at most so many, whose vectors are averaged
 * by their lengths and made of unit length again: everything counts, but what stands in one part is
 * not understood by what stands in another. An empty text has a vector too, that of no words.
 */
public final class OnnxEmbedder implements Embedder {
  /** What the networks have positions for, begin and end included. */
  private static final int LONGEST_PART = 512;

  private static final int SAID_EVERY = 64;

  private final EmbeddingModel model;
  private final WordPieces pieces;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final boolean takesTypes;
  private final int threads;
  private final ExecutorService workers;

  /** An embedder that uses every core. */
  public OnnxEmbedder(EmbeddingModel model) {
    this(model, Runtime.getRuntime().availableProcessors());
  }

  /**
   * An embedder.
   *
   * @param threads how many texts are worked on at once, at least 1
   * @throws CodedException EMBEDDER_FAILED, such as on a system that ONNX Runtime has no code for
   */
  public OnnxEmbedder(EmbeddingModel model, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("an embedder needs a thread: " + threads);
    }
    this.model = model;
    this.threads = threads;
    pieces = new WordPieces(resource(model.vocabulary()), model.vocabulary(), model.bare());
    try {
      environment =
          NativeRuntime.loading(
              () -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR));
      session = session(environment, resource(model.network()));
      takesTypes = session.getInputNames().contains("token_type_ids");
    } catch (OrtException | IOException | LinkageError e) {
      throw failed(e);
    }
    workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("embedder-", 1).factory());
  }

  private static OrtSession session(OrtEnvironment environment, byte[] network)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return environment.createSession(network, options);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = OnnxEmbedder.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int dimensions() {
    return model.dimensions();
  }

  @Override
  public float[] embed(String text) {
    List<long[]> parts = pieces.parts(text, LONGEST_PART);
    double[] sum = new double[model.dimensions()];
    try {
      for (long[] part : parts) {
        float[] vector = unit(pooled(part));
        int weight = parts.size() == 1 ? 1 : part.length - 2;
        for (int i = 0; i < sum.length; i++) {
          sum[i] += weight * (double) vector[i];
        }
      }
    } catch (OrtException e) {
      throw failed(e);
    }
    return unit(sum);
  }

  @Override
  public List<float[]> embedAll(List<String> texts, IntConsumer progress) {
    float[][] vectors = new float[texts.size()][];
    AtomicInteger next = new AtomicInteger();
    Done done = new Done(progress, texts.size());
    List<Future<?>> working = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, texts.size()); i++) {
      working.add(
          workers.submit(() -> {
            for (int at = next.getAndIncrement();
                at < vectors.length;
                at = next.getAndIncrement()) {
              vectors[at] = embed(texts.get(at));
              done.one();
            }
          }));
    }
    try {
      for (Future<?> each : working) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CodedException coded ? coded : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    } finally {
      // Whoever still works after a failure finds nothing more to do.
      next.set(vectors.length);
    }
    return Arrays.asList(vectors);
  }

  /** Says how many are done, one call at a time. */
  private static final class Done {
    private final IntConsumer progress;
    private final int all;
    private int count;

    Done(IntConsumer progress, int all) {
      this.progress = progress;
      this.all = all;
    }

    synchronized void one() {
      count++;
      if (count % SAID_EVERY == 0 || count == all) {
        progress.accept(count);
      }
    }
  }

  private double[] pooled(long[] ids) throws OrtException {
    long[] shape = {1, ids.length};
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor words = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.allocate(ids.length), shape)) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put("input_ids", words);
      inputs.put("attention_mask", mask);
      if (takesTypes) {
        inputs.put("token_type_ids", types);
      }
      try (OrtSession.Result result = session.run(inputs)) {
        Optional<OnnxValue> hidden = result.get("last_hidden_state");
        if (hidden.orElse(null) instanceof OnnxTensor tensor) {
          return pool(tensor.getFloatBuffer(), ids.length);
        }
        throw new IllegalStateException("the network answers nothing of its last layer");
      }
    }
  }

  private double[] pool(FloatBuffer hidden, int tokens) {
    int rows = model.pooling() == EmbeddingModel.Pooling.FIRST ? 1 : tokens;
    double[] sum = new double[model.dimensions()];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += hidden.get(row * sum.length + i);
      }
    }
    return sum;
  }

  private static float[] unit(double[] vector) {
    double squares = 0;
    for (double each : vector) {
      squares += each * each;
    }
    double length = Math.sqrt(squares);
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  private CodedException failed(Throwable cause) {
    return new CodedException(
        Problem.in(
            model.title(),
            ErrorCode.EMBEDDER_FAILED,
            cause.getClass().getSimpleName() + ": " + cause.getMessage()),
        cause);
  }

  /** Waits until the texts that were handed in are done. */
  @Override
  public void close() {
    workers.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }
}
