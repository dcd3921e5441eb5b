package dev.holdfast.probe.net;

import dev.holdfast.probe.PeerAddress;

/**
 * A limit for each source address, in a table that does not grow: the network of a source (all 32
 * bits of IPv4, the first 64 of IPv6) is hashed with a secret to one of 4,096 buckets. Strangers
 * may share a bucket, and then its limit. Belongs to one thread.
 */
final class SourceLimits {
  private static final int BUCKETS = 4096;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private final TokenBucket[] buckets = new TokenBucket[BUCKETS];
  private final long secret;

  SourceLimits(int perSecond, long secret, long now) {
    this.secret = secret;
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = new TokenBucket(perSecond, now);
    }
  }

  boolean take(long upper, long lower, long now) {
    long network = PeerAddress.isIpv4(upper, lower) ? lower : upper;
    long hash = (network ^ secret) * MIX;
    hash = (hash ^ hash >>> 32) * MIX;
    return buckets[(int) (hash >>> 52)].take(now);
  }
}
