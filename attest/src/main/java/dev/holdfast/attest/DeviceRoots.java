package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * The roots of manufacturers that a reader trusts. Nothing in evidence vouches for itself: a root
 * that comes with a chain counts only if it is one of these.
 */
public final class DeviceRoots {
  /** The organizational unit that marks a root of a simulation. */
  public static final String SIMULATED = "simulated";

  /**
   * SHA-256 of the certificate of "NVIDIA Device Identity CA", the root of its accelerators and
   * switches.
   */
  public static final String NVIDIA =
      "102bf659d5419614c9d8e6aecebc80454eb26b1df6a769ac720b9a690b167b48";

  private final List<String> fingerprints;
  private final List<X509Certificate> certificates;

  private DeviceRoots(List<String> fingerprints, List<X509Certificate> certificates) {
    this.fingerprints = List.copyOf(fingerprints);
    this.certificates = List.copyOf(certificates);
  }

  /** NVIDIA's root alone, which every chain of its chips ends with. */
  public static DeviceRoots ofNvidia() {
    return new DeviceRoots(List.of(NVIDIA), List.of());
  }

  /** These roots alone. */
  public static DeviceRoots of(List<X509Certificate> certificates) {
    return new DeviceRoots(List.of(), certificates);
  }

  /** Both these and those. */
  public DeviceRoots and(DeviceRoots others) {
    List<String> known = new ArrayList<>(fingerprints);
    known.addAll(others.fingerprints);
    List<X509Certificate> held = new ArrayList<>(certificates);
    held.addAll(others.certificates);
    return new DeviceRoots(known, held);
  }

  /**
   * Reads roots from PEM.
   *
   * @throws CodedException MALFORMED_ROOTS where one of them did not sign itself, or is no
   *     authority
   */
  public static DeviceRoots parse(byte[] pem, String source) {
    DeviceChain all;
    try {
      all = DeviceChain.parse(pem, source);
    } catch (CodedException e) {
      throw refuse(source, e.problem().reason());
    }
    for (X509Certificate each : all.certificates()) {
      try {
        each.verify(each.getPublicKey());
      } catch (GeneralSecurityException | RuntimeException e) {
        throw refuse(source, "a certificate did not sign itself, so it is no root");
      }
      if (each.getBasicConstraints() < 0) {
        throw refuse(source, "a certificate may not sign others, so it is no root");
      }
    }
    return of(all.certificates());
  }

  private static CodedException refuse(String source, String reason) {
    return new CodedException(Problem.in(source, ErrorCode.MALFORMED_ROOTS, reason));
  }

  /** The roots that are held, and those shown whose fingerprint is trusted. */
  List<X509Certificate> among(List<X509Certificate> shown) {
    List<X509Certificate> roots = new ArrayList<>(certificates);
    shown.stream().filter(each -> fingerprints.contains(fingerprint(each))).forEach(roots::add);
    return roots;
  }

  /** Whether a root belongs to a simulation, as its own subject says. */
  static boolean isSimulated(X509Certificate root) {
    return part(root, "OU").filter(SIMULATED::equals).isPresent();
  }

  /** The name of a certificate and its SHA-256 fingerprint, since a name alone is anybody's. */
  static String label(X509Certificate certificate) {
    return name(certificate) + ", SHA-256 " + fingerprint(certificate);
  }

  /** What people call a certificate: its common name, or else its whole subject. */
  static String name(X509Certificate certificate) {
    return part(certificate, "CN").orElseGet(() -> certificate.getSubjectX500Principal().getName());
  }

  private static Optional<String> part(X509Certificate certificate, String type) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(each -> each.getType().equalsIgnoreCase(type))
              .map(each -> String.valueOf(each.getValue()))
              .findFirst();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  /** SHA-256 of a certificate, in hexadecimal digits. */
  static String fingerprint(X509Certificate certificate) {
    requireNonNull(certificate, "certificate");
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
