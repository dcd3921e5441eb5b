package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server that takes what a daemon spools.
 *
 * @param url such as {@code https://holdfast.example/}
 * @param tokenFile a file of its owner alone, with the bearer token in its first line
 */
public record DeliverySettings(URI url, Path tokenFile) {
  public DeliverySettings {
    requireNonNull(url, "url");
    requireNonNull(tokenFile, "tokenFile");
    var _ = checked(url);
  }

  private static URI checked(URI url) {
    String scheme = String.valueOf(url.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https"))
        || url.getHost() == null
        || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("it is not an http or https address of a host");
    }
    return url;
  }

  /** Reads {@code server} with {@code url} and {@code token-file}, where it is there. */
  static Optional<DeliverySettings> read(ConfigurationFile file) {
    Optional<ConfigurationFile> inside = file.inside("server");
    if (inside.isEmpty()) {
      return Optional.empty();
    }
    URI url = inside.get().value("url", text -> checked(URI.create(text)));
    Path token = inside.get().value("token-file", Meanings::path);
    inside.get().requireNothingElse();
    return Optional.of(new DeliverySettings(url, token));
  }

  /** As lines of YAML. */
  String print() {
    return "server:\n  url: " + Yaml.quote(url) + "\n  token-file: " + Yaml.quote(tokenFile) + "\n";
  }
}
