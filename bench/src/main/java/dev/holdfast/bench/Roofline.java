package dev.holdfast.bench;

import java.util.Arrays;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one thread of this machine can do at most: octets streamed from memory and multiply-adds
 * computed in a second. What a kernel must read and multiply, over these, is its floor (Williams et
 * al., "Roofline", 2009).
 *
 * @param octets a second
 * @param multiplyAdds fused multiply-adds of single precision a second
 */
record Roofline(double octets, double multiplyAdds) {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int STREAM = 1 << 28;
  private static final int ROUNDS = 4_000_000;
  private static final int TURNS = 12;

  /** Measures: the best of some turns of each. */
  static Roofline measured() {
    float[] stream = new float[STREAM];
    // Written first: memory that never was is one page of zeros.
    Arrays.fill(stream, 1);
    double octets = 0;
    double multiplyAdds = 0;
    for (int i = 0; i < TURNS; i++) {
      long from = System.nanoTime();
      float sum = sum(stream);
      long between = System.nanoTime();
      float product = multiplied(ROUNDS);
      long to = System.nanoTime();
      if (sum == 0 || product == 0) {
        throw new IllegalStateException("nothing was computed");
      }
      octets = Math.max(octets, 4e9 * STREAM / (between - from));
      multiplyAdds = Math.max(multiplyAdds, 16e9 * FLOATS.length() * ROUNDS / (to - between));
    }
    return new Roofline(octets, multiplyAdds);
  }

  private static float sum(float[] stream) {
    int lanes = FLOATS.length();
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int i = 0; i < stream.length; i += 4 * lanes) {
      a = a.add(FloatVector.fromArray(FLOATS, stream, i));
      b = b.add(FloatVector.fromArray(FLOATS, stream, i + lanes));
      c = c.add(FloatVector.fromArray(FLOATS, stream, i + 2 * lanes));
      d = d.add(FloatVector.fromArray(FLOATS, stream, i + 3 * lanes));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }

  /** Sixteen multiply-adds a round, none of which waits for another of its round. */
  private static float multiplied(int rounds) {
    FloatVector x = FloatVector.broadcast(FLOATS, 0.999f);
    FloatVector y = FloatVector.broadcast(FLOATS, 0.001f);
    FloatVector a = y;
    FloatVector b = y.add(1);
    FloatVector c = y.add(2);
    FloatVector d = y.add(3);
    FloatVector e = y.add(4);
    FloatVector f = y.add(5);
    FloatVector g = y.add(6);
    FloatVector h = y.add(7);
    for (int i = 0; i < 2 * rounds; i++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
    }
    return a.add(b).add(c.add(d)).add(e.add(f)).add(g.add(h)).reduceLanes(VectorOperators.ADD);
  }

  /** The least milliseconds for reading so much. */
  double reading(double read) {
    return 1e3 * read / octets;
  }

  /** The least milliseconds for so many multiply-adds. */
  double multiplying(double products) {
    return 1e3 * products / multiplyAdds;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "one thread streams %.1f GB/s and computes %.1f G multiply-adds/s",
        octets / 1e9,
        multiplyAdds / 1e9);
  }
}
