package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Role;
import dev.holdfast.trust.store.ChipKeys;
import dev.holdfast.trust.store.HeldIdentity;
import dev.holdfast.trust.store.HeldKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where a daemon's key and certificate are. */
public sealed interface KeySettings {
  /** The certificate in PEM. */
  Path certificate();

  /** A key in a file of its owner alone. */
  record InFile(Path certificate, Path key) implements KeySettings {
    public InFile {
      requireNonNull(certificate, "certificate");
      requireNonNull(key, "key");
    }
  }

  /**
   * A key in a security chip.
   *
   * @param configuration of PKCS #11
   * @param alias of the key
   * @param pin a file of its owner alone, with the PIN in its first line
   */
  record InChip(Path certificate, Path configuration, String alias, Path pin)
      implements KeySettings {
    public InChip {
      requireNonNull(certificate, "certificate");
      requireNonNull(configuration, "configuration");
      requireNonNull(alias, "alias");
      requireNonNull(pin, "pin");
    }
  }

  /** Reads {@code certificate} and either {@code key} or {@code pkcs11}. */
  static KeySettings read(ConfigurationFile file) {
    Path certificate = file.value("certificate", Meanings::path);
    Optional<ConfigurationFile> chip = file.inside("pkcs11");
    if (chip.isEmpty()) {
      return new InFile(certificate, file.value("key", Meanings::path));
    }
    ConfigurationFile inside = chip.get();
    InChip made =
        new InChip(
            certificate,
            inside.value("configuration", Meanings::path),
            inside.value("alias", text -> text),
            inside.value("pin-file", Meanings::path));
    inside.requireNothingElse();
    return made;
  }

  /** As lines of YAML. */
  default String print() {
    return "certificate: "
        + Yaml.quote(certificate())
        + "\n"
        + switch (this) {
          case InFile file -> "key: " + Yaml.quote(file.key()) + "\n";
          case InChip chip ->
              "pkcs11:\n  configuration: "
                  + Yaml.quote(chip.configuration())
                  + "\n  alias: "
                  + Yaml.quote(chip.alias())
                  + "\n  pin-file: "
                  + Yaml.quote(chip.pin())
                  + "\n";
        };
  }

  /**
   * Loads key and certificate.
   *
   * @param role that the certificate must be for
   * @throws CodedException as {@link HeldKey#read}, {@link ChipKeys#open} and {@link
   *     HeldIdentity#of}; CERTIFICATE_REFUSED where the certificate is of another role
   */
  default HeldIdentity load(Role role) {
    HeldKey key =
        switch (this) {
          case InFile file -> HeldKey.read(file.key());
          case InChip chip -> key(chip.configuration(), chip.alias(), chip.pin());
        };
    HeldIdentity identity = HeldIdentity.of(key, certificate());
    Role own = identity.certificate().identity().role();
    if (own != role) {
      throw new CodedException(
          Problem.of(
              ErrorCode.CERTIFICATE_REFUSED,
              "the certificate is of a " + own.word() + ", and this is a " + role.word()));
    }
    return identity;
  }

  /** A key in a security chip, its PIN in the first line of a file of its owner alone. */
  static HeldKey key(Path configuration, String alias, Path pin) {
    return ChipKeys.open(configuration, alias, pin(pin));
  }

  private static char[] pin(Path file) {
    byte[] octets = OwnersFiles.read(file, 1000);
    String text = new String(octets, StandardCharsets.UTF_8);
    Arrays.fill(octets, (byte) 0);
    return text.lines()
        .findFirst()
        .orElseThrow(() ->
            new CodedException(
                Problem.in(file.toString(), ErrorCode.BAD_KEY_FILE, "it holds no PIN")))
        .toCharArray();
  }
}
