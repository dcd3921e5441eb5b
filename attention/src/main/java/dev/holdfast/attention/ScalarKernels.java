package dev.holdfast.attention;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The kernels in plain Java, for machines and starts without the Vector API. */
final class ScalarKernels implements Kernels {
  private static final int WIDTH = 16;

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
    for (int row = 0; row < count; row++) {
      long at = rows[from + row] * stride;
      for (int i = 0; i < dimension; i++) {
        panel[i * WIDTH + row] =
            keys.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
      }
    }
  }

  @Override
  public void dots(
      float[] queries, int first, int last, int dimension, float[] panel, float[] scores) {
    float[] run = new float[WIDTH];
    for (int q = first; q < last; q++) {
      int out = q * WIDTH;
      Arrays.fill(scores, out, out + WIDTH, 0);
      for (int from = 0; from < dimension; from += SUMMED) {
        Arrays.fill(run, 0);
        for (int i = from; i < Math.min(dimension, from + SUMMED); i++) {
          float number = queries[q * dimension + i];
          int at = i * WIDTH;
          for (int row = 0; row < WIDTH; row++) {
            run[row] += number * panel[at + row];
          }
        }
        for (int row = 0; row < WIDTH; row++) {
          scores[out + row] += run[row];
        }
      }
    }
  }

  @Override
  public float soften(float[] scores, int at, int count, float largest) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
      float weight = Exponential.of(scores[at + i] - largest);
      scores[at + i] = weight;
      sum += weight;
    }
    Arrays.fill(scores, at + count, at + WIDTH, 0);
    return sum;
  }

  @Override
  public float largest(float[] scores, int at, int count) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      largest = Math.max(largest, scores[i]);
    }
    return largest;
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
    for (int row = 0; row < count; row++) {
      long at = rows[from + row] * stride;
      for (int q = first; q < last; q++) {
        float weight = weights[q * WIDTH + row];
        if (weight != 0) {
          for (int i = 0; i < dimension; i++) {
            out[q * dimension + i] +=
                weight * values.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
          }
        }
      }
    }
  }

  @Override
  public void multiply(float[] numbers, int at, int count, float factor) {
    for (int i = at; i < at + count; i++) {
      numbers[i] *= factor;
    }
  }

  @Override
  public void unpack(byte[] block, int at, int dimension, float[] panel) {
    for (int i = 0; i < dimension; i++) {
      for (int row = 0; row < WIDTH; row++) {
        panel[i * WIDTH + row] = block[at + i * BLOCK + row];
      }
    }
  }

  @Override
  public void indexDots(
      byte[] block, int at, int dimension, float[] heads, int count, float[] dots) {
    Arrays.fill(dots, 0, count * WIDTH, 0);
    for (int head = 0; head < count; head++) {
      for (int i = 0; i < dimension; i++) {
        float number = heads[head * dimension + i];
        for (int row = 0; row < WIDTH; row++) {
          dots[head * WIDTH + row] += number * block[at + i * BLOCK + row];
        }
      }
    }
  }

  @Override
  public void codeSums(byte[] block, int groups, byte[] tables, int first, int last, short[] sums) {
    int[] own = new int[BLOCK];
    for (int head = first; head < last; head++) {
      Arrays.fill(own, 0);
      for (int group = 0; group < groups; group++) {
        int low = (head * groups + group) * 2 * CodeTables.CODES;
        int high = low + CodeTables.CODES;
        for (int place = 0; place < BLOCK; place++) {
          int octet = block[group * BLOCK + place];
          own[place] += tables[low + (octet & 15)] + tables[high + (octet >> 4 & 15)];
        }
      }
      for (int row = 0; row < BLOCK; row++) {
        sums[head * BLOCK + row] = (short) own[Kernels.place(row)];
      }
    }
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
    for (int row = 0; row < WIDTH; row++) {
      float sum = 0;
      for (int head = 0; head < heads; head++) {
        float dot = Math.max(dots[(first + head) * WIDTH + row], 0);
        sum = Math.fma(headWeights[weightsAt + head], dot, sum);
      }
      scores[row] = sum * scales[scalesAt + row];
    }
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
    for (int row = scalesAt; row < scalesAt + WIDTH; row++) {
      float sum = 0;
      for (int head = 0; head < heads; head++) {
        float dot = Math.max(sums[(first + head) * BLOCK + row] - bias, 0);
        sum = Math.fma(headWeights[weightsAt + head], dot, sum);
      }
      scores[row - scalesAt] = sum * scales[row];
    }
  }

  @Override
  public long above(float[] scores, int count, float bar) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= scores[i] > bar ? 1L << i : 0;
    }
    return bits;
  }
}
