package dev.holdfast.edge;

import dev.holdfast.base.Durations;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What values of a configuration mean; each refuses others with IllegalArgumentException. */
public final class Meanings {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})(KiB|MiB|GiB)");

  private Meanings() {}

  /** An address of this machine to listen on. */
  static InetSocketAddress local(String text) {
    HostPort parts = HostPort.parse(text);
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(parts.host()), parts.port());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "it is not an IP address and a port, such as 0.0.0.0:8862", e);
    }
  }

  /** Yes or no. */
  public static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("it is not true or false");
    };
  }

  /** A whole number. */
  public static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it is not a whole number", e);
    }
  }

  /** Octets, such as {@code 512MiB}. */
  static long size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it is not a size such as 512MiB or 2GiB");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "KiB" -> number << 10;
      case "MiB" -> number << 20;
      default -> number << 30;
    };
  }

  /** The shortest spelling of a size of whole kibibytes. */
  static String printSize(long octets) {
    if (octets % (1 << 20) != 0) {
      return (octets >> 10) + "KiB";
    }
    return octets % (1 << 30) == 0 ? (octets >> 30) + "GiB" : (octets >> 20) + "MiB";
  }

  /** A distance in time between two calls or rounds, a second to a day. */
  static Duration again(String text) {
    return checkAgain(Durations.parse(text));
  }

  /** The same of one that was read already. */
  static Duration checkAgain(Duration distance) {
    if (distance.compareTo(Duration.ofSeconds(1)) < 0
        || distance.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("it is not a second to a day");
    }
    return distance;
  }

  /** A distance in time between two looks, a minute to a day. */
  static Duration seldom(String text) {
    return checkSeldom(Durations.parse(text));
  }

  /** The same of one that was read already. */
  static Duration checkSeldom(Duration distance) {
    if (distance.compareTo(Duration.ofMinutes(1)) < 0
        || distance.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("it is not a minute to a day");
    }
    return distance;
  }

  /** A file or folder. */
  public static Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is not a file");
    }
    return Path.of(text);
  }

  static LogForm logForm(String text) {
    return switch (text) {
      case "text" -> LogForm.TEXT;
      case "json" -> LogForm.JSON;
      default -> throw new IllegalArgumentException("it is not text or json");
    };
  }
}
