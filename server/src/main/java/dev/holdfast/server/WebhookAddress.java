package dev.holdfast.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Where notifications are sent to: {@code https} on the open net, or a receiver on this machine by
 * its literal address, then {@code http} too.
 *
 * <p>A server that posts to whatever address it is given is a way into the net that it stands in.
 * So what a name stands for is looked at each time, and the connection is made to the very address
 * that was looked at.
 */
final class WebhookAddress {
  private static final int LONGEST = 500;

  /**
   * Addresses that are not of the open net (the registries of RFC 6890), or reach it by another.
   */
  private static final List<Network> CLOSED =
      List.of(
          Network.parse("0.0.0.0/8"),
          Network.parse("10.0.0.0/8"),
          Network.parse("100.64.0.0/10"),
          Network.parse("127.0.0.0/8"),
          Network.parse("169.254.0.0/16"),
          Network.parse("172.16.0.0/12"),
          Network.parse("192.0.0.0/24"),
          Network.parse("192.0.2.0/24"),
          Network.parse("192.88.99.0/24"),
          Network.parse("192.168.0.0/16"),
          Network.parse("198.18.0.0/15"),
          Network.parse("198.51.100.0/24"),
          Network.parse("203.0.113.0/24"),
          Network.parse("224.0.0.0/3"),
          Network.parse("::/96"),
          Network.parse("64:ff9b::/96"),
          Network.parse("64:ff9b:1::/48"),
          Network.parse("100::/64"),
          Network.parse("2001::/23"),
          Network.parse("2001:db8::/32"),
          Network.parse("2002::/16"),
          Network.parse("3fff::/20"),
          Network.parse("5f00::/16"),
          Network.parse("fc00::/7"),
          Network.parse("fe80::/9"),
          Network.parse("ff00::/8"));

  private final URI uri;
  private final String host;
  private final boolean onThisMachine;

  private WebhookAddress(URI uri, String host, boolean onThisMachine) {
    this.uri = uri;
    this.host = host;
    this.onThisMachine = onThisMachine;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where nothing may be sent there, whatever its name stands for
   */
  static WebhookAddress parse(String text) {
    if (text.length() > LONGEST || !text.chars().allMatch(each -> each > ' ' && each < 0x7f)) {
      throw new IllegalArgumentException(
          "an address has up to " + LONGEST + " characters of ASCII and no blanks");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is no address", e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "it needs a host, and has neither a name of a user nor a fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535");
    }
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    boolean here = isLoopback(host);
    if (!scheme.equals("https") && !(scheme.equals("http") && here)) {
      throw new IllegalArgumentException(
          "it is https, or http to this machine by its own address such as 127.0.0.1");
    }
    return new WebhookAddress(uri, host, here);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether it may be sent to an address that its name stands for.
   *
   * @param allowed networks that are open by the settings
   */
  boolean mayReach(InetAddress address, List<Network> allowed) {
    if (onThisMachine && address.isLoopbackAddress()) {
      return true;
    }
    return CLOSED.stream().noneMatch(each -> each.holds(address))
        || allowed.stream().anyMatch(each -> each.holds(address));
  }

  boolean isSecure() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** A name, or an address without brackets. */
  String host() {
    return host;
  }

  int port() {
    return uri.getPort() > 0 ? uri.getPort() : isSecure() ? 443 : 80;
  }

  /** What the header Host says. */
  String authority() {
    return uri.getRawAuthority();
  }

  /** What is asked for there. */
  String path() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
