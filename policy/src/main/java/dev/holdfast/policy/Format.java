package dev.holdfast.policy;

import java.util.Locale;

/** Number formats whose dense performance is published, each with the length of its operands. */
public enum Format {
  FP4(4),
  FP8(8),
  INT8(8),
  /** FP16 and BF16. */
  FP16(16);

  private final int bits;

  Format(int bits) {
    this.bits = bits;
  }

  /** The length of an operand. */
  public int bits() {
    return bits;
  }

  /** The stable form, such as {@code fp8}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column of the catalogue. */
  String column() {
    return "dense_" + (this == FP16 ? "fp16_bf16" : word()) + "_tops";
  }
}
