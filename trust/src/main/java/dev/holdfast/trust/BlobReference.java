package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A content that lies beside the statement: its hash, its size and what it is.
 *
 * @param sha256 the hash of its octets
 * @param size its octets, 0 to 2<sup>53</sup> - 1
 * @param mediaType lower-case type and subtype without parameters (RFC 6838 section 4.2)
 */
public record BlobReference(Sha256 sha256, long size, String mediaType) {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}");

  public BlobReference {
    requireNonNull(sha256, "sha256");
    if (size < 0 || size > Statement.LAST_SEQUENCE) {
      throw new IllegalArgumentException("a blob has 0 to 2^53 - 1 octets, not " + size);
    }
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new IllegalArgumentException(
          "a media type is type/subtype in lower case without parameters");
    }
  }

  /** The reference to these octets. */
  public static BlobReference to(byte[] octets, String mediaType) {
    return new BlobReference(Sha256.of(octets), octets.length, mediaType);
  }

  /** Whether these are the octets that it names. */
  public boolean names(byte[] octets) {
    return octets.length == size && Sha256.of(octets).equals(sha256);
  }
}
