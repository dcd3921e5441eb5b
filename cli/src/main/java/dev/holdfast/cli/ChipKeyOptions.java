package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.edge.KeySettings;
import dev.holdfast.trust.store.HeldKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A key in a security chip; all three options together. */
final class ChipKeyOptions {
  @Option(
      names = "--pkcs11",
      required = true,
      paramLabel = "FILE",
      description = "how to reach the chip: the configuration file of Java's PKCS #11 provider")
  private @Nullable Path configuration;

  @Option(names = "--alias", required = true, paramLabel = "NAME", description = "of the key")
  private @Nullable String alias;

  @Option(
      names = "--pin-file",
      required = true,
      paramLabel = "FILE",
      description = "its first line is the PIN; only its owner may read it")
  private @Nullable Path pin;

  HeldKey key() {
    return KeySettings.key(
        requireNonNull(configuration), requireNonNull(alias), requireNonNull(pin));
  }
}
