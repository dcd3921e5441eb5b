package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A management controller that is asked by Redfish.
 *
 * @param address such as {@code https://bmc.example.com/}; without TLS only on this machine itself
 * @param authorities who certifies it, in PEM; empty for those that Java trusts
 * @param credentials a file of its owner alone, whose first line is {@code USER:PASSWORD} or the
 *     token of a session
 */
public record RedfishSettings(URI address, Optional<Path> authorities, Path credentials) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  public RedfishSettings {
    requireNonNull(authorities, "authorities");
    requireNonNull(credentials, "credentials");
    var _ = checked(address);
  }

  /**
   * An address as somebody writes it.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static URI address(String text) {
    return checked(URI.create(text));
  }

  private static URI checked(URI address) {
    String scheme = String.valueOf(address.getScheme());
    String path = String.valueOf(address.getRawPath());
    if (!(scheme.equals("http") || scheme.equals("https"))
        || address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || !(path.isEmpty() || path.equals("/"))) {
      throw new IllegalArgumentException("it is not an https address of a host alone");
    }
    if (scheme.equals("http") && !LOOPBACK.contains(address.getHost())) {
      throw new IllegalArgumentException("it is without TLS, which shows the password to the net");
    }
    return address;
  }

  /** Reads {@code redfish}, where it is there. */
  static Optional<RedfishSettings> read(ConfigurationFile file) {
    Optional<ConfigurationFile> inside = file.inside("redfish");
    if (inside.isEmpty()) {
      return Optional.empty();
    }
    URI address = inside.get().value("address", RedfishSettings::address);
    Optional<Path> authorities = inside.get().optional("authorities", Meanings::path);
    Path credentials = inside.get().value("credentials", Meanings::path);
    inside.get().requireNothingElse();
    return Optional.of(new RedfishSettings(address, authorities, credentials));
  }

  /** As lines of YAML. */
  String print() {
    return "redfish:\n  address: "
        + Yaml.quote(address)
        + authorities.map(path -> "\n  authorities: " + Yaml.quote(path)).orElse("")
        + "\n  credentials: "
        + Yaml.quote(credentials)
        + "\n";
  }
}
