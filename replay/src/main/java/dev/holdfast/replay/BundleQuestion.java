package dev.holdfast.replay;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Claim;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle answers.
 *
 * @param kind key, host or chip
 * @param id of the subject: the key or the host below, or a chip's own
 * @param host whose key answered
 * @param key the id of the key that answered, in hexadecimal digits; null where none did
 * @param claims what is claimed about the subject, at most {@value #MOST_CLAIMS}
 */
public record BundleQuestion(
    Subject.Kind kind,
    String id,
    TargetId host,
    @Nullable String key,
    List<Claim> claims,
    BundleSettings settings) {
  /** The most claims of one question. */
  public static final int MOST_CLAIMS = 100;

  public BundleQuestion {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
    requireNonNull(host, "host");
    requireNonNull(settings, "settings");
    claims = List.copyOf(claims);
    if (claims.size() > MOST_CLAIMS) {
      throw new IllegalArgumentException("it has more than " + MOST_CLAIMS + " claims");
    }
    boolean fits =
        switch (kind) {
          case KEY -> id.equals(key == null ? host.value() : key);
          case HOST -> id.equals(host.value());
          case CHIP -> !id.isBlank();
          case TARGET -> false;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "the subject is neither this key, this host nor a chip in it");
    }
  }
}
