package dev.holdfast.reading;

/**
 * How much is read before the rest is refused.
 *
 * @param fileOctets of one file, at most {@link Integer#MAX_VALUE} - 8
 * @param files how many
 * @param octets of all files together
 */
public record DocumentLimits(int fileOctets, int files, long octets) {
  /** A file of 64 MiB, 100,000 files, 2 GiB of them. */
  public static final DocumentLimits USUAL = new DocumentLimits(64 << 20, 100_000, 2L << 30);

  public DocumentLimits {
    if (fileOctets < 1 || fileOctets > Integer.MAX_VALUE - 8 || files < 1 || octets < 1) {
      throw new IllegalArgumentException("limits of documents must be positive");
    }
  }
}
