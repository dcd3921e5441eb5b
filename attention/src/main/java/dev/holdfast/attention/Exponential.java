package dev.holdfast.attention;

/**
 * The constants of e to the x in single precision, for x at most 0: x = n ln 2 + f, with |f| at
 * most ln 2 / 2; e^f by its Taylor polynomial of degree 7, whose error there is below 1e-8; the
 * power of two goes into the exponent. Below {@link #LEAST} the answer is 0.
 */
final class Exponential {
  static final float LEAST = -87f;
  static final float LOG2_E = 1.442695f;
  // ln 2 in two parts (Cody and Waite), so that n ln 2 is exact in its first.
  static final float LN2_HIGH = 0.6933594f;
  static final float LN2_LOW = -2.1219444e-4f;
  // Adding and taking away 1.5 * 2^23 rounds to the nearest integer.
  static final float ROUND = 12582912f;
  static final float C2 = 1f / 2;
  static final float C3 = 1f / 6;
  static final float C4 = 1f / 24;
  static final float C5 = 1f / 120;
  static final float C6 = 1f / 720;
  static final float C7 = 1f / 5040;

  private Exponential() {}

  static float of(float x) {
    if (!(x > LEAST)) {
      return 0;
    }
    float n = (x * LOG2_E + ROUND) - ROUND;
    float f = Math.fma(n, -LN2_HIGH, x);
    f = Math.fma(n, -LN2_LOW, f);
    float p = Math.fma(C7, f, C6);
    p = Math.fma(p, f, C5);
    p = Math.fma(p, f, C4);
    p = Math.fma(p, f, C3);
    p = Math.fma(p, f, C2);
    p = Math.fma(p, f, 1f);
    p = Math.fma(p, f, 1f);
    return Float.intBitsToFloat(Float.floatToRawIntBits(p) + ((int) n << 23));
  }
}
