package dev.holdfast.server;

import java.net.InetAddress;

/**
 * A range of addresses of the Internet protocol, as CIDR writes it (RFC 4632, RFC 4291): {@code
 * 10.0.0.0/8}, {@code fd00::/8}.
 *
 * @param address its first
 * @param prefix how many leading bits all of its addresses share; 0 to 32, or to 128
 */
public record Network(InetAddress address, int prefix) {
  public Network {
    int bits = address.getAddress().length * Byte.SIZE;
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("a prefix has 0 to " + bits + " bits here");
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where it is none, or its address has bits behind the prefix
   */
  public static Network parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2 || !parts[1].matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("it is not such as 10.0.0.0/8 or fd00::/8");
    }
    // A literal, so that nobody is asked for it.
    Network network = new Network(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
    byte[] octets = network.address.getAddress();
    for (int bit = network.prefix; bit < octets.length * Byte.SIZE; bit++) {
      if (bit(octets, bit) != 0) {
        throw new IllegalArgumentException("its address has bits behind the prefix");
      }
    }
    return network;
  }

  /** Whether an address is one of it; one of the other protocol never is. */
  public boolean holds(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      if (bit(mine, bit) != bit(theirs, bit)) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] octets, int number) {
    return octets[number / Byte.SIZE] >> (Byte.SIZE - 1 - number % Byte.SIZE) & 1;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }
}
