package dev.holdfast.server;

import dev.holdfast.trust.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the pages and of the libraries that they use, from the class path. */
final class Pages {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
  private static final Pattern LIBRARY =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*){2,12}");
  private static final Pattern INLINE =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml");

  private final Map<String, File> files = new ConcurrentHashMap<>();
  private final String policy;

  /** A file as it is served. */
  record File(byte[] octets, String type, String tag) {}

  Pages() {
    String scripts = "'self'";
    Optional<File> index = page("index.html");
    if (index.isPresent()) {
      Matcher inline = INLINE.matcher(new String(index.get().octets(), StandardCharsets.UTF_8));
      if (inline.find()) {
        byte[] hash =
            HexFormat.of()
                .parseHex(Sha256.of(inline.group(1).getBytes(StandardCharsets.UTF_8)).hex());
        scripts += " 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
      }
    }
    policy =
        "default-src 'self'; script-src "
            + scripts
            + "; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";
  }

  /** The Content-Security-Policy that they need. */
  String policy() {
    return policy;
  }

  /** A file of the pages by its name. */
  Optional<File> page(String name) {
    return NAME.matcher(name).matches()
        ? file("/dev/holdfast/server/pages/" + name)
        : Optional.empty();
  }

  /** A file of a library: name, version and path within. */
  Optional<File> library(String path) {
    return LIBRARY.matcher(path).matches()
        ? file("/META-INF/resources/webjars/" + path)
        : Optional.empty();
  }

  private Optional<File> file(String resource) {
    File known = files.get(resource);
    if (known != null) {
      return Optional.of(known);
    }
    String type =
        TYPES.get(resource.substring(resource.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    if (type == null) {
      return Optional.empty();
    }
    try (@Nullable InputStream in = Pages.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] octets = in.readAllBytes();
      File made = new File(octets, type, '"' + Sha256.of(octets).hex().substring(0, 32) + '"');
      files.put(resource, made);
      return Optional.of(made);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
