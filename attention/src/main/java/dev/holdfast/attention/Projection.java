package dev.holdfast.attention;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A fixed linear map from keys and queries to the few numbers that the index keeps of them.
 *
 * <p>Nothing here is trained. {@link #hadamard} needs no data: it preserves products on average
 * (Johnson and Lindenstrauss), the better the more numbers are kept. {@link #of} takes any other
 * matrix, and {@link #principal} finds the one that keeps most of some rows.
 */
public final class Projection {
  private static final int SAMPLED = 2048;
  private static final int TURNS = 12;

  private final int from;
  private final int to;

  /** Number {@code j} of direction {@code i} at {@code j * to + i}. */
  private final float[] matrix;

  private final float[] middle;

  private Projection(int from, int to, float[] matrix, float[] middle) {
    this.from = from;
    this.to = to;
    this.matrix = matrix;
    this.middle = middle;
  }

  /**
   * A given matrix.
   *
   * @param directions {@code to} rows of {@code from} numbers
   * @param middle {@code from} numbers that are taken off keys (not off queries) before, which
   *     changes the score of all rows by the same amount and makes the numbers that are kept finer
   */
  public static Projection of(float[][] directions, float[] middle) {
    int from = middle.length;
    float[] matrix = new float[directions.length * from];
    for (int i = 0; i < directions.length; i++) {
      for (int j = 0; j < from; j++) {
        matrix[j * directions.length + i] = directions[i][j];
      }
    }
    return new Projection(from, directions.length, matrix, middle.clone());
  }

  /**
   * Some rows of a Hadamard matrix after a flip of signs, both drawn from a fixed sequence
   * (SplitMix64 from 1): a subsampled randomized Hadamard transform (Ailon and Chazelle, 2006).
   *
   * @param from numbers in a key
   * @param to numbers kept, at most {@code from}
   */
  public static Projection hadamard(int from, int to) {
    if (to < 1 || to > from) {
      throw new IllegalArgumentException("%d numbers of %d cannot be kept".formatted(to, from));
    }
    int size = Integer.highestOneBit(2 * from - 1);
    long[] state = {1};
    float[] signs = new float[from];
    for (int i = 0; i < from; i++) {
      signs[i] = draw(state) < 0 ? -1 : 1;
    }
    float[] matrix = new float[to * from];
    boolean[] taken = new boolean[size];
    float norm = (float) (1 / Math.sqrt(to));
    for (int i = 0; i < to; i++) {
      int row;
      do {
        row = (int) Long.remainderUnsigned(draw(state), size);
      } while (taken[row]);
      taken[row] = true;
      for (int j = 0; j < from; j++) {
        matrix[j * to + i] = norm * signs[j] * (Integer.bitCount(row & j) % 2 == 0 ? 1 : -1);
      }
    }
    return new Projection(from, to, matrix, new float[from]);
  }

  /**
   * The directions in which the keys of some rows differ most (principal components), with their
   * mean taken off first. The same rows give the same directions.
   *
   * <p>Found by orthogonal iteration on the covariance of at most {@value #SAMPLED} rows, evenly
   * spread, from the directions of {@link #hadamard} on (Golub and Van Loan, Matrix Computations,
   * 8.2.4).
   *
   * @param to numbers kept, at most as many as in a key
   */
  public static Projection principal(Rows rows, int to) {
    Projection start = hadamard(rows.keyDimension(), to);
    int sampled = Math.min(SAMPLED, rows.count());
    if (sampled == 0) {
      return start;
    }
    int from = start.from;
    double[] mean = new double[from];
    for (int i = 0; i < sampled; i++) {
      float[] key = rows.key((int) ((long) i * rows.count() / sampled));
      for (int j = 0; j < from; j++) {
        mean[j] += (double) key[j] / sampled;
      }
    }
    double[] covariance = covariance(rows, sampled, mean);
    double[][] directions = new double[to][from];
    for (int i = 0; i < to; i++) {
      for (int j = 0; j < from; j++) {
        directions[i][j] = start.matrix[j * to + i];
      }
    }
    for (int turn = 0; turn < TURNS; turn++) {
      directions = turned(covariance, directions);
    }
    float[][] found = new float[to][from];
    float[] middle = new float[from];
    for (int j = 0; j < from; j++) {
      middle[j] = (float) mean[j];
      for (int i = 0; i < to; i++) {
        found[i][j] = (float) directions[i][j];
      }
    }
    return of(found, middle);
  }

  /**
   * The same map, turned within what it keeps by a flip of signs and a Hadamard matrix: products of
   * what is kept stay as they are, and each number gets about as much of the spread as any other,
   * which {@link IndexForm#TWO_BITS} needs. Where the numbers kept are no power of two, the first
   * are turned, as many as are one.
   */
  public Projection spread() {
    int turned = Integer.highestOneBit(to);
    float[] spread = matrix.clone();
    float norm = (float) (1 / Math.sqrt(turned));
    for (int j = 0; j < from; j++) {
      long[] state = {2};
      Arrays.fill(spread, j * to, j * to + turned, 0);
      for (int l = 0; l < turned; l++) {
        float number = norm * matrix[j * to + l] * (draw(state) < 0 ? -1 : 1);
        for (int i = 0; i < turned; i++) {
          spread[j * to + i] += Integer.bitCount(i & l) % 2 == 0 ? number : -number;
        }
      }
    }
    return new Projection(from, to, spread, middle);
  }

  private static double[] covariance(Rows rows, int sampled, double[] mean) {
    int from = mean.length;
    double[] covariance = new double[from * from];
    double[] off = new double[from];
    for (int i = 0; i < sampled; i++) {
      float[] key = rows.key((int) ((long) i * rows.count() / sampled));
      for (int j = 0; j < from; j++) {
        off[j] = key[j] - mean[j];
      }
      for (int j = 0; j < from; j++) {
        for (int l = 0; l < from; l++) {
          covariance[j * from + l] += off[j] * off[l];
        }
      }
    }
    return covariance;
  }

  /** Directions times the covariance, made orthogonal again; those without any spread are zero. */
  private static double[][] turned(double[] covariance, double[][] directions) {
    int from = directions[0].length;
    double[][] turned = new double[directions.length][from];
    for (int i = 0; i < directions.length; i++) {
      double[] own = turned[i];
      for (int j = 0; j < from; j++) {
        for (int l = 0; l < from; l++) {
          own[l] += directions[i][j] * covariance[j * from + l];
        }
      }
      double before = Math.sqrt(dot(own, own));
      for (int earlier = 0; earlier < i; earlier++) {
        double shared = dot(own, turned[earlier]);
        for (int l = 0; l < from; l++) {
          own[l] -= shared * turned[earlier][l];
        }
      }
      double length = Math.sqrt(dot(own, own));
      for (int l = 0; l < from; l++) {
        own[l] = length > 1e-9 * before ? own[l] / length : 0;
      }
    }
    return turned;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The next number of SplitMix64 (Steele, Lea and Flood, 2014). */
  static long draw(long[] state) {
    long z = state[0] += 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Numbers in a key. */
  public int from() {
    return from;
  }

  /** Numbers kept. */
  public int to() {
    return to;
  }

  /** SHA-256 of the map: what was kept by one projection means nothing to another. */
  public byte[] fingerprint() {
    ByteBuffer octets =
        ByteBuffer.allocate((2 + matrix.length + middle.length) * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(from)
            .putInt(to);
    for (int i = 0; i < to; i++) {
      for (int j = 0; j < from; j++) {
        octets.putFloat(matrix[j * to + i]);
      }
    }
    octets.asFloatBuffer().put(middle);
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What is kept of the key that begins at {@code at}. */
  public float[] ofKey(float[] keys, int at) {
    float[] kept = new float[to];
    for (int j = 0; j < from; j++) {
      addTimes(j, keys[at + j] - middle[j], kept);
    }
    return kept;
  }

  /** Adds what is kept of the query that begins at {@code at} to {@code kept}. */
  void addQuery(float[] queries, int at, float[] kept) {
    float[] own = new float[to];
    for (int j = 0; j < from; j++) {
      addTimes(j, queries[at + j], own);
    }
    for (int i = 0; i < to; i++) {
      kept[i] += own[i];
    }
  }

  private void addTimes(int j, float number, float[] kept) {
    for (int i = 0; i < to; i++) {
      kept[i] = Math.fma(matrix[j * to + i], number, kept[i]);
    }
  }
}
