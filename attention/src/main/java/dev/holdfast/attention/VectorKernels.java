package dev.holdfast.attention;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels by the Vector API, for vectors of eight floats and more.
 *
 * <p>The two that matter, {@link #dots} and {@link #blend}, are products of small matrices: four
 * queries by four vectors are summed in sixteen registers, so that sixteen fused multiply-adds need
 * eight loads and none of them waits for another (Goto and van de Geijn, "Anatomy of
 * High-Performance Matrix Multiplication", 2008, with registers as the innermost block). A panel is
 * four vectors wide.
 *
 * <p>Keys lie row by row, as a file has them; {@link #pack} turns them by a network of interleaving
 * steps, log2 of the lanes deep.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTEGERS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int WIDTH = 4 * LANES;
  private static final VectorSpecies<Byte> BYTES =
      LANES == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;
  private static final VectorSpecies<Byte> OCTETS =
      VectorSpecies.of(byte.class, FLOATS.vectorShape());
  private static final VectorSpecies<Short> PAIRS =
      VectorSpecies.of(short.class, FLOATS.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      LANES == 16 ? ShortVector.SPECIES_256 : ShortVector.SPECIES_128;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Octets in one vector. */
  private static final long STEP = FLOATS.vectorByteSize();

  private static final int TURNED = 16;
  private static final IntVector LOW = interleaving(0);
  private static final IntVector HIGH = interleaving(LANES / 2);

  /** Whether the machine has vectors that these kernels are made for. */
  static boolean fits() {
    return LANES == 8 || LANES == 16;
  }

  /** The numbers of two vectors in turn, from a certain one on. */
  private static IntVector interleaving(int from) {
    int[] order = new int[LANES];
    for (int i = 0; i < LANES; i++) {
      order[i] = from + i / 2 + (i % 2) * LANES;
    }
    return IntVector.fromArray(INTEGERS, order, 0);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public void pack(
      MemorySegment keys,
      long stride,
      int dimension,
      int[] rows,
      int from,
      int count,
      float[] panel) {
    if (count < WIDTH) {
      Arrays.fill(panel, 0, dimension * WIDTH, 0);
    }
    int row = 0;
    if (LANES == TURNED) {
      float[] between = new float[TURNED * TURNED];
      for (; row + TURNED <= count; row += TURNED) {
        int i = 0;
        for (; i + TURNED <= dimension; i += TURNED) {
          turn(
              keys,
              stride,
              (long) i * Float.BYTES,
              rows,
              from + row,
              between,
              panel,
              i * WIDTH + row);
        }
        packSlowly(keys, stride, i, dimension, rows, from + row, TURNED, panel, row);
      }
    }
    packSlowly(keys, stride, 0, dimension, rows, from + row, count - row, panel, row);
  }

  private static void packSlowly(
      MemorySegment keys,
      long stride,
      int first,
      int dimension,
      int[] rows,
      int from,
      int count,
      float[] panel,
      int lane) {
    for (int row = 0; row < count; row++) {
      long at = rows[from + row] * stride;
      for (int i = first; i < dimension; i++) {
        panel[i * WIDTH + lane + row] =
            keys.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
      }
    }
  }

  private static IntVector load(MemorySegment memory, long at) {
    // By way of floats: memory on the heap is an array of floats, which integers cannot be read
    // from.
    return floats(memory, at).reinterpretAsInts();
  }

  private static IntVector load(float[] numbers, int at) {
    return FloatVector.fromArray(FLOATS, numbers, at).reinterpretAsInts();
  }

  private static void store(IntVector vector, float[] numbers, int at) {
    vector.reinterpretAsFloats().intoArray(numbers, at);
  }

  /**
   * Turns 16 rows by 16 numbers: each row is interleaved with the one 8 further on, four times; two
   * of these steps work on four vectors at once and leave them four in a row.
   */
  private static void turn(
      MemorySegment keys,
      long stride,
      long offset,
      int[] rows,
      int from,
      float[] between,
      float[] panel,
      int at) {
    for (int i = 0; i < 4; i++) {
      interleave(
          load(keys, rows[from + i] * stride + offset),
          load(keys, rows[from + i + 4] * stride + offset),
          load(keys, rows[from + i + 8] * stride + offset),
          load(keys, rows[from + i + 12] * stride + offset),
          between,
          4 * i * TURNED,
          TURNED);
    }
    for (int i = 0; i < 4; i++) {
      interleave(
          load(between, i * TURNED),
          load(between, (i + 4) * TURNED),
          load(between, (i + 8) * TURNED),
          load(between, (i + 12) * TURNED),
          panel,
          at + 4 * i * WIDTH,
          WIDTH);
    }
  }

  private static void interleave(
      IntVector a, IntVector b, IntVector c, IntVector d, float[] out, int at, int apart) {
    IntVector ac = LOW.selectFrom(a, c);
    IntVector bd = LOW.selectFrom(b, d);
    store(LOW.selectFrom(ac, bd), out, at);
    store(HIGH.selectFrom(ac, bd), out, at + apart);
    ac = HIGH.selectFrom(a, c);
    bd = HIGH.selectFrom(b, d);
    store(LOW.selectFrom(ac, bd), out, at + 2 * apart);
    store(HIGH.selectFrom(ac, bd), out, at + 3 * apart);
  }

  @Override
  public void dots(
      float[] queries, int first, int last, int dimension, float[] panel, float[] scores) {
    for (int from = 0; from < dimension; from += SUMMED) {
      int to = Math.min(dimension, from + SUMMED);
      int q = first;
      for (; q + 4 <= last; q += 4) {
        dotsOfFour(queries, q * dimension, dimension, from, to, panel, scores, q * WIDTH);
      }
      for (; q < last; q++) {
        dotsOfOne(queries, q * dimension, from, to, panel, scores, q * WIDTH);
      }
    }
  }

  /** Adds to what earlier numbers gave, if there were any. */
  private static void put(FloatVector sum, int from, float[] scores, int at) {
    (from == 0 ? sum : FloatVector.fromArray(FLOATS, scores, at).add(sum)).intoArray(scores, at);
  }

  private static void dotsOfFour(
      float[] queries,
      int q0,
      int dimension,
      int from,
      int to,
      float[] panel,
      float[] scores,
      int out) {
    int q1 = q0 + dimension;
    int q2 = q1 + dimension;
    int q3 = q2 + dimension;
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s23 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    FloatVector s33 = s00;
    for (int i = from, at = from * WIDTH; i < to; i++, at += WIDTH) {
      FloatVector k0 = FloatVector.fromArray(FLOATS, panel, at);
      FloatVector k1 = FloatVector.fromArray(FLOATS, panel, at + LANES);
      FloatVector k2 = FloatVector.fromArray(FLOATS, panel, at + 2 * LANES);
      FloatVector k3 = FloatVector.fromArray(FLOATS, panel, at + 3 * LANES);
      FloatVector n0 = constant(queries[q0 + i]);
      s00 = k0.fma(n0, s00);
      s01 = k1.fma(n0, s01);
      s02 = k2.fma(n0, s02);
      s03 = k3.fma(n0, s03);
      FloatVector n1 = constant(queries[q1 + i]);
      s10 = k0.fma(n1, s10);
      s11 = k1.fma(n1, s11);
      s12 = k2.fma(n1, s12);
      s13 = k3.fma(n1, s13);
      FloatVector n2 = constant(queries[q2 + i]);
      s20 = k0.fma(n2, s20);
      s21 = k1.fma(n2, s21);
      s22 = k2.fma(n2, s22);
      s23 = k3.fma(n2, s23);
      FloatVector n3 = constant(queries[q3 + i]);
      s30 = k0.fma(n3, s30);
      s31 = k1.fma(n3, s31);
      s32 = k2.fma(n3, s32);
      s33 = k3.fma(n3, s33);
    }
    put(s00, from, scores, out);
    put(s01, from, scores, out + LANES);
    put(s02, from, scores, out + 2 * LANES);
    put(s03, from, scores, out + 3 * LANES);
    put(s10, from, scores, out + 4 * LANES);
    put(s11, from, scores, out + 5 * LANES);
    put(s12, from, scores, out + 6 * LANES);
    put(s13, from, scores, out + 7 * LANES);
    put(s20, from, scores, out + 8 * LANES);
    put(s21, from, scores, out + 9 * LANES);
    put(s22, from, scores, out + 10 * LANES);
    put(s23, from, scores, out + 11 * LANES);
    put(s30, from, scores, out + 12 * LANES);
    put(s31, from, scores, out + 13 * LANES);
    put(s32, from, scores, out + 14 * LANES);
    put(s33, from, scores, out + 15 * LANES);
  }

  private static void dotsOfOne(
      float[] queries, int query, int from, int to, float[] panel, float[] scores, int out) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = from, at = from * WIDTH; i < to; i++, at += WIDTH) {
      FloatVector number = FloatVector.broadcast(FLOATS, queries[query + i]);
      s0 = FloatVector.fromArray(FLOATS, panel, at).fma(number, s0);
      s1 = FloatVector.fromArray(FLOATS, panel, at + LANES).fma(number, s1);
      s2 = FloatVector.fromArray(FLOATS, panel, at + 2 * LANES).fma(number, s2);
      s3 = FloatVector.fromArray(FLOATS, panel, at + 3 * LANES).fma(number, s3);
    }
    put(s0, from, scores, out);
    put(s1, from, scores, out + LANES);
    put(s2, from, scores, out + 2 * LANES);
    put(s3, from, scores, out + 3 * LANES);
  }

  @Override
  public float largest(float[] scores, int at, int count) {
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      largest = largest.max(FloatVector.fromArray(FLOATS, scores, at + i));
    }
    float found = largest.reduceLanes(VectorOperators.MAX);
    for (; i < count; i++) {
      found = Math.max(found, scores[at + i]);
    }
    return found;
  }

  @Override
  public float soften(float[] scores, int at, int count, float largest) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < WIDTH; i += LANES) {
      FloatVector weight =
          i + LANES <= count
              ? exponential(FloatVector.fromArray(FLOATS, scores, at + i).sub(largest))
              : last(scores, at + i, count - i, largest);
      weight.intoArray(scores, at + i);
      sum = sum.add(weight);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector last(float[] scores, int at, int count, float largest) {
    VectorMask<Float> there = FLOATS.indexInRange(0, Math.max(count, 0));
    FloatVector score = FloatVector.fromArray(FLOATS, scores, at).sub(largest);
    return FloatVector.zero(FLOATS).blend(exponential(score), there);
  }

  /** The same steps as {@link Exponential#of}. */
  private static FloatVector exponential(FloatVector x) {
    FloatVector n = x.mul(Exponential.LOG2_E).add(Exponential.ROUND).sub(Exponential.ROUND);
    FloatVector f = n.fma(constant(-Exponential.LN2_HIGH), x);
    f = n.fma(constant(-Exponential.LN2_LOW), f);
    FloatVector p = constant(Exponential.C7).fma(f, constant(Exponential.C6));
    p = p.fma(f, constant(Exponential.C5));
    p = p.fma(f, constant(Exponential.C4));
    p = p.fma(f, constant(Exponential.C3));
    p = p.fma(f, constant(Exponential.C2));
    p = p.fma(f, constant(1f));
    p = p.fma(f, constant(1f));
    IntVector power =
        ((IntVector) n.convert(VectorOperators.F2I, 0)).lanewise(VectorOperators.LSHL, 23);
    FloatVector answer = p.reinterpretAsInts().add(power).reinterpretAsFloats();
    return FloatVector.zero(FLOATS).blend(answer, x.compare(VectorOperators.GT, Exponential.LEAST));
  }

  private static FloatVector constant(float number) {
    return FloatVector.broadcast(FLOATS, number);
  }

  @Override
  public void blend(
      MemorySegment values,
      long stride,
      int dimension,
      int[] rows,
      int from,
      int count,
      float[] weights,
      int first,
      int last,
      float[] out) {
    int column = 0;
    for (; column + WIDTH <= dimension; column += WIDTH) {
      long offset = (long) column * Float.BYTES;
      int q = first;
      for (; q + 4 <= last; q += 4) {
        blendFour(
            values,
            stride,
            offset,
            rows,
            from,
            count,
            weights,
            q,
            out,
            q * dimension + column,
            dimension);
      }
      for (; q < last; q++) {
        blendOne(
            values, stride, offset, rows, from, count, weights, q, out, q * dimension + column);
      }
    }
    for (; column < dimension; column += LANES) {
      VectorMask<Float> there = FLOATS.indexInRange(column, dimension);
      for (int q = first; q < last; q++) {
        int at = q * dimension + column;
        FloatVector sum = FloatVector.fromArray(FLOATS, out, at, there);
        for (int row = 0; row < count; row++) {
          FloatVector value =
              FloatVector.fromMemorySegment(
                  FLOATS,
                  values,
                  rows[from + row] * stride + (long) column * Float.BYTES,
                  ORDER,
                  there);
          sum = value.fma(constant(weights[q * WIDTH + row]), sum);
        }
        sum.intoArray(out, at, there);
      }
    }
  }

  private static FloatVector floats(MemorySegment memory, long at) {
    return FloatVector.fromMemorySegment(FLOATS, memory, at, ORDER);
  }

  private static void blendFour(
      MemorySegment values,
      long stride,
      long offset,
      int[] rows,
      int from,
      int count,
      float[] weights,
      int query,
      float[] out,
      int at0,
      int dimension) {
    int at1 = at0 + dimension;
    int at2 = at1 + dimension;
    int at3 = at2 + dimension;
    int w0 = query * WIDTH;
    int w1 = w0 + WIDTH;
    int w2 = w1 + WIDTH;
    int w3 = w2 + WIDTH;
    FloatVector s00 = FloatVector.fromArray(FLOATS, out, at0);
    FloatVector s01 = FloatVector.fromArray(FLOATS, out, at0 + LANES);
    FloatVector s02 = FloatVector.fromArray(FLOATS, out, at0 + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(FLOATS, out, at0 + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(FLOATS, out, at1);
    FloatVector s11 = FloatVector.fromArray(FLOATS, out, at1 + LANES);
    FloatVector s12 = FloatVector.fromArray(FLOATS, out, at1 + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(FLOATS, out, at1 + 3 * LANES);
    FloatVector s20 = FloatVector.fromArray(FLOATS, out, at2);
    FloatVector s21 = FloatVector.fromArray(FLOATS, out, at2 + LANES);
    FloatVector s22 = FloatVector.fromArray(FLOATS, out, at2 + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(FLOATS, out, at2 + 3 * LANES);
    FloatVector s30 = FloatVector.fromArray(FLOATS, out, at3);
    FloatVector s31 = FloatVector.fromArray(FLOATS, out, at3 + LANES);
    FloatVector s32 = FloatVector.fromArray(FLOATS, out, at3 + 2 * LANES);
    FloatVector s33 = FloatVector.fromArray(FLOATS, out, at3 + 3 * LANES);
    for (int row = 0; row < count; row++) {
      long at = rows[from + row] * stride + offset;
      FloatVector k0 = floats(values, at);
      FloatVector k1 = floats(values, at + STEP);
      FloatVector k2 = floats(values, at + 2 * STEP);
      FloatVector k3 = floats(values, at + 3 * STEP);
      FloatVector n0 = constant(weights[w0 + row]);
      s00 = k0.fma(n0, s00);
      s01 = k1.fma(n0, s01);
      s02 = k2.fma(n0, s02);
      s03 = k3.fma(n0, s03);
      FloatVector n1 = constant(weights[w1 + row]);
      s10 = k0.fma(n1, s10);
      s11 = k1.fma(n1, s11);
      s12 = k2.fma(n1, s12);
      s13 = k3.fma(n1, s13);
      FloatVector n2 = constant(weights[w2 + row]);
      s20 = k0.fma(n2, s20);
      s21 = k1.fma(n2, s21);
      s22 = k2.fma(n2, s22);
      s23 = k3.fma(n2, s23);
      FloatVector n3 = constant(weights[w3 + row]);
      s30 = k0.fma(n3, s30);
      s31 = k1.fma(n3, s31);
      s32 = k2.fma(n3, s32);
      s33 = k3.fma(n3, s33);
    }
    s00.intoArray(out, at0);
    s01.intoArray(out, at0 + LANES);
    s02.intoArray(out, at0 + 2 * LANES);
    s03.intoArray(out, at0 + 3 * LANES);
    s10.intoArray(out, at1);
    s11.intoArray(out, at1 + LANES);
    s12.intoArray(out, at1 + 2 * LANES);
    s13.intoArray(out, at1 + 3 * LANES);
    s20.intoArray(out, at2);
    s21.intoArray(out, at2 + LANES);
    s22.intoArray(out, at2 + 2 * LANES);
    s23.intoArray(out, at2 + 3 * LANES);
    s30.intoArray(out, at3);
    s31.intoArray(out, at3 + LANES);
    s32.intoArray(out, at3 + 2 * LANES);
    s33.intoArray(out, at3 + 3 * LANES);
  }

  private static void blendOne(
      MemorySegment values,
      long stride,
      long offset,
      int[] rows,
      int from,
      int count,
      float[] weights,
      int query,
      float[] out,
      int out0) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, out, out0);
    FloatVector s1 = FloatVector.fromArray(FLOATS, out, out0 + LANES);
    FloatVector s2 = FloatVector.fromArray(FLOATS, out, out0 + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(FLOATS, out, out0 + 3 * LANES);
    for (int row = 0; row < count; row++) {
      long at = rows[from + row] * stride + offset;
      FloatVector weight = constant(weights[query * WIDTH + row]);
      s0 = floats(values, at).fma(weight, s0);
      s1 = floats(values, at + STEP).fma(weight, s1);
      s2 = floats(values, at + 2 * STEP).fma(weight, s2);
      s3 = floats(values, at + 3 * STEP).fma(weight, s3);
    }
    s0.intoArray(out, out0);
    s1.intoArray(out, out0 + LANES);
    s2.intoArray(out, out0 + 2 * LANES);
    s3.intoArray(out, out0 + 3 * LANES);
  }

  @Override
  public void multiply(float[] numbers, int at, int count, float factor) {
    int i = at;
    int end = at + count;
    for (; i + LANES <= end; i += LANES) {
      FloatVector.fromArray(FLOATS, numbers, i).mul(factor).intoArray(numbers, i);
    }
    for (; i < end; i++) {
      numbers[i] *= factor;
    }
  }

  private static FloatVector whole(byte[] block, int at) {
    return (FloatVector)
        ByteVector.fromArray(BYTES, block, at).convertShape(VectorOperators.B2F, FLOATS, 0);
  }

  @Override
  public void unpack(byte[] block, int at, int dimension, float[] panel) {
    for (int i = 0, from = at, to = 0; i < dimension; i++, from += BLOCK, to += WIDTH) {
      whole(block, from).intoArray(panel, to);
      whole(block, from + LANES).intoArray(panel, to + LANES);
      whole(block, from + 2 * LANES).intoArray(panel, to + 2 * LANES);
      whole(block, from + 3 * LANES).intoArray(panel, to + 3 * LANES);
    }
  }

  @Override
  public void indexDots(
      byte[] block, int at, int dimension, float[] heads, int count, float[] dots) {
    int head = 0;
    for (; head + 4 <= count; head += 4) {
      indexFour(block, at, dimension, heads, head * dimension, dots, head * WIDTH);
    }
    for (; head < count; head++) {
      indexOne(block, at, dimension, heads, head * dimension, dots, head * WIDTH);
    }
  }

  private static void indexFour(
      byte[] block, int at, int dimension, float[] heads, int q0, float[] dots, int out) {
    int q1 = q0 + dimension;
    int q2 = q1 + dimension;
    int q3 = q2 + dimension;
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s23 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    FloatVector s33 = s00;
    for (int i = 0, from = at; i < dimension; i++, from += BLOCK) {
      FloatVector k0 = whole(block, from);
      FloatVector k1 = whole(block, from + LANES);
      FloatVector k2 = whole(block, from + 2 * LANES);
      FloatVector k3 = whole(block, from + 3 * LANES);
      FloatVector n0 = constant(heads[q0 + i]);
      s00 = k0.fma(n0, s00);
      s01 = k1.fma(n0, s01);
      s02 = k2.fma(n0, s02);
      s03 = k3.fma(n0, s03);
      FloatVector n1 = constant(heads[q1 + i]);
      s10 = k0.fma(n1, s10);
      s11 = k1.fma(n1, s11);
      s12 = k2.fma(n1, s12);
      s13 = k3.fma(n1, s13);
      FloatVector n2 = constant(heads[q2 + i]);
      s20 = k0.fma(n2, s20);
      s21 = k1.fma(n2, s21);
      s22 = k2.fma(n2, s22);
      s23 = k3.fma(n2, s23);
      FloatVector n3 = constant(heads[q3 + i]);
      s30 = k0.fma(n3, s30);
      s31 = k1.fma(n3, s31);
      s32 = k2.fma(n3, s32);
      s33 = k3.fma(n3, s33);
    }
    s00.intoArray(dots, out);
    s01.intoArray(dots, out + LANES);
    s02.intoArray(dots, out + 2 * LANES);
    s03.intoArray(dots, out + 3 * LANES);
    s10.intoArray(dots, out + 4 * LANES);
    s11.intoArray(dots, out + 5 * LANES);
    s12.intoArray(dots, out + 6 * LANES);
    s13.intoArray(dots, out + 7 * LANES);
    s20.intoArray(dots, out + 8 * LANES);
    s21.intoArray(dots, out + 9 * LANES);
    s22.intoArray(dots, out + 10 * LANES);
    s23.intoArray(dots, out + 11 * LANES);
    s30.intoArray(dots, out + 12 * LANES);
    s31.intoArray(dots, out + 13 * LANES);
    s32.intoArray(dots, out + 14 * LANES);
    s33.intoArray(dots, out + 15 * LANES);
  }

  private static void indexOne(
      byte[] block, int at, int dimension, float[] heads, int head, float[] dots, int out) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0, from = at; i < dimension; i++, from += BLOCK) {
      FloatVector number = constant(heads[head + i]);
      s0 = whole(block, from).fma(number, s0);
      s1 = whole(block, from + LANES).fma(number, s1);
      s2 = whole(block, from + 2 * LANES).fma(number, s2);
      s3 = whole(block, from + 3 * LANES).fma(number, s3);
    }
    s0.intoArray(dots, out);
    s1.intoArray(dots, out + LANES);
    s2.intoArray(dots, out + 2 * LANES);
    s3.intoArray(dots, out + 3 * LANES);
  }

  @Override
  public void codeSums(byte[] block, int groups, byte[] tables, int first, int last, short[] sums) {
    for (int at = 0; at < BLOCK; at += OCTETS.length()) {
      int head = first;
      for (; head + 4 <= last; head += 4) {
        codesOfFour(block, at, groups, tables, head, sums);
      }
      for (; head < last; head++) {
        codesOfOne(block, at, groups, tables, head, sums);
      }
    }
  }

  /**
   * Octets of neighbouring rows are added in pairs, as numbers of sixteen bits: one sum of the
   * pairs, and one of their upper octets, from which the sum of the lower ones follows.
   */
  private static void codesOfFour(
      byte[] block, int at, int groups, byte[] tables, int head, short[] sums) {
    ShortVector pairs0 = ShortVector.zero(PAIRS);
    ShortVector pairs1 = pairs0;
    ShortVector pairs2 = pairs0;
    ShortVector pairs3 = pairs0;
    ShortVector upper0 = pairs0;
    ShortVector upper1 = pairs0;
    ShortVector upper2 = pairs0;
    ShortVector upper3 = pairs0;
    int apart = groups * 2 * CodeTables.CODES;
    int t0 = head * apart;
    int t1 = t0 + apart;
    int t2 = t1 + apart;
    int t3 = t2 + apart;
    for (int group = 0, from = at; group < groups; group++, from += BLOCK) {
      ByteVector octets = ByteVector.fromArray(OCTETS, block, from);
      ByteVector low = octets.and((byte) 15);
      ByteVector high =
          octets
              .reinterpretAsShorts()
              .lanewise(VectorOperators.LSHR, 4)
              .reinterpretAsBytes()
              .and((byte) 15);
      int table = group * 2 * CodeTables.CODES;
      ShortVector found0 =
          low.selectFrom(ByteVector.fromArray(OCTETS, tables, t0 + table))
              .add(
                  high.selectFrom(
                      ByteVector.fromArray(OCTETS, tables, t0 + table + CodeTables.CODES)))
              .reinterpretAsShorts();
      pairs0 = pairs0.add(found0);
      upper0 = upper0.add(found0.lanewise(VectorOperators.LSHR, 8));
      ShortVector found1 =
          low.selectFrom(ByteVector.fromArray(OCTETS, tables, t1 + table))
              .add(
                  high.selectFrom(
                      ByteVector.fromArray(OCTETS, tables, t1 + table + CodeTables.CODES)))
              .reinterpretAsShorts();
      pairs1 = pairs1.add(found1);
      upper1 = upper1.add(found1.lanewise(VectorOperators.LSHR, 8));
      ShortVector found2 =
          low.selectFrom(ByteVector.fromArray(OCTETS, tables, t2 + table))
              .add(
                  high.selectFrom(
                      ByteVector.fromArray(OCTETS, tables, t2 + table + CodeTables.CODES)))
              .reinterpretAsShorts();
      pairs2 = pairs2.add(found2);
      upper2 = upper2.add(found2.lanewise(VectorOperators.LSHR, 8));
      ShortVector found3 =
          low.selectFrom(ByteVector.fromArray(OCTETS, tables, t3 + table))
              .add(
                  high.selectFrom(
                      ByteVector.fromArray(OCTETS, tables, t3 + table + CodeTables.CODES)))
              .reinterpretAsShorts();
      pairs3 = pairs3.add(found3);
      upper3 = upper3.add(found3.lanewise(VectorOperators.LSHR, 8));
    }
    int out = head * BLOCK + at / 2;
    store(pairs0, upper0, sums, out);
    store(pairs1, upper1, sums, out + 1 * BLOCK);
    store(pairs2, upper2, sums, out + 2 * BLOCK);
    store(pairs3, upper3, sums, out + 3 * BLOCK);
  }

  private static void codesOfOne(
      byte[] block, int at, int groups, byte[] tables, int head, short[] sums) {
    ShortVector pairs = ShortVector.zero(PAIRS);
    ShortVector upper = pairs;
    int table = head * groups * 2 * CodeTables.CODES;
    for (int group = 0, from = at; group < groups; group++, from += BLOCK) {
      ByteVector octets = ByteVector.fromArray(OCTETS, block, from);
      ByteVector low = octets.and((byte) 15);
      ByteVector high =
          octets
              .reinterpretAsShorts()
              .lanewise(VectorOperators.LSHR, 4)
              .reinterpretAsBytes()
              .and((byte) 15);
      ShortVector found = found(tables, table + group * 2 * CodeTables.CODES, low, high);
      pairs = pairs.add(found);
      upper = upper.add(found.lanewise(VectorOperators.LSHR, 8));
    }
    store(pairs, upper, sums, head * BLOCK + at / 2);
  }

  /** Entries of two tables, added. */
  private static ShortVector found(byte[] tables, int at, ByteVector low, ByteVector high) {
    return low.selectFrom(ByteVector.fromArray(OCTETS, tables, at))
        .add(high.selectFrom(ByteVector.fromArray(OCTETS, tables, at + CodeTables.CODES)))
        .reinterpretAsShorts();
  }

  private static void store(ShortVector pairs, ShortVector upper, short[] sums, int out) {
    pairs.sub(upper.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, out);
    upper.intoArray(sums, out + BLOCK / 2);
  }

  @Override
  public void combineCodes(
      short[] sums,
      int bias,
      int first,
      float[] headWeights,
      int weightsAt,
      int heads,
      float[] scales,
      int scalesAt,
      float[] scores) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int head = 0; head < heads; head++) {
      int at = (first + head) * BLOCK + scalesAt;
      FloatVector weight = constant(headWeights[weightsAt + head]);
      s0 = dots(sums, at, bias).fma(weight, s0);
      s1 = dots(sums, at + LANES, bias).fma(weight, s1);
      s2 = dots(sums, at + 2 * LANES, bias).fma(weight, s2);
      s3 = dots(sums, at + 3 * LANES, bias).fma(weight, s3);
    }
    scaled(s0, scales, scalesAt, scores, 0);
    scaled(s1, scales, scalesAt, scores, LANES);
    scaled(s2, scales, scalesAt, scores, 2 * LANES);
    scaled(s3, scales, scalesAt, scores, 3 * LANES);
  }

  private static FloatVector dots(short[] sums, int at, float bias) {
    return ((FloatVector)
            ShortVector.fromArray(SHORTS, sums, at).convertShape(VectorOperators.S2F, FLOATS, 0))
        .sub(bias)
        .max(0);
  }

  private static void scaled(
      FloatVector sum, float[] scales, int scalesAt, float[] scores, int row) {
    sum.mul(FloatVector.fromArray(FLOATS, scales, scalesAt + row)).intoArray(scores, row);
  }

  @Override
  public void combine(
      float[] dots,
      int first,
      float[] headWeights,
      int weightsAt,
      int heads,
      float[] scales,
      int scalesAt,
      float[] scores) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int head = 0; head < heads; head++) {
      int at = (first + head) * WIDTH;
      FloatVector weight = constant(headWeights[weightsAt + head]);
      s0 = FloatVector.fromArray(FLOATS, dots, at).max(0).fma(weight, s0);
      s1 = FloatVector.fromArray(FLOATS, dots, at + LANES).max(0).fma(weight, s1);
      s2 = FloatVector.fromArray(FLOATS, dots, at + 2 * LANES).max(0).fma(weight, s2);
      s3 = FloatVector.fromArray(FLOATS, dots, at + 3 * LANES).max(0).fma(weight, s3);
    }
    scaled(s0, scales, scalesAt, scores, 0);
    scaled(s1, scales, scalesAt, scores, LANES);
    scaled(s2, scales, scalesAt, scores, 2 * LANES);
    scaled(s3, scales, scalesAt, scores, 3 * LANES);
  }

  @Override
  public long above(float[] scores, int count, float bar) {
    long bits = 0;
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      bits |=
          FloatVector.fromArray(FLOATS, scores, i).compare(VectorOperators.GT, bar).toLong() << i;
    }
    for (; i < count; i++) {
      bits |= scores[i] > bar ? 1L << i : 0;
    }
    return bits;
  }
}
