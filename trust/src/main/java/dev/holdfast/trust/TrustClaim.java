package dev.holdfast.trust;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a verifier looked at: the trustworthiness claims of draft-ietf-rats-ar4si section 2.3.4. */
public enum TrustClaim {
  /** Which single device it is. */
  INSTANCE_IDENTITY,
  /** Its settings, as far as they matter to security. */
  CONFIGURATION,
  /** What is loaded in it. */
  EXECUTABLES,
  /** Its files. */
  FILE_SYSTEM,
  /** Whether it is genuine. */
  HARDWARE,
  /** Whether its memory is hidden from outside. */
  RUNTIME_OPAQUE,
  /** Whether what it stores is encrypted. */
  STORAGE_OPAQUE,
  /** Whether what it works on comes from who was attested too. */
  SOURCED_DATA;

  /** The name in JSON. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
