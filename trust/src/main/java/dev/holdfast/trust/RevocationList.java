package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** An authority's list of revoked certificates (RFC 5280 section 5), its signature checked. */
public final class RevocationList {
  /** The most octets of a list. */
  public static final int LONGEST = 8 << 20;

  private final X509CRL list;

  private RevocationList(X509CRL list) {
    this.list = list;
  }

  /**
   * A revoked certificate.
   *
   * @param at when
   * @param retired whether it was in order until then: superseded, or out of service; anything else
   *     spoils what was signed before too, since whoever stole a key chooses the time that it
   *     states
   */
  public record Revoked(Instant at, boolean retired) {}

  /**
   * Reads a list in DER.
   *
   * @throws CodedException MALFORMED_REVOCATIONS where it is none, or this authority did not sign
   *     it
   */
  public static RevocationList parse(byte[] der, AuthorityCertificate authority, String source) {
    try {
      X509CRL list =
          der.length > LONGEST
              ? null
              : (X509CRL) X509.factory().generateCRL(new ByteArrayInputStream(der));
      if (list == null || !Arrays.equals(list.getEncoded(), der)) {
        throw new IllegalArgumentException("it is too large or something follows it");
      }
      list.verify(authority.x509().getPublicKey());
      return new RevocationList(list);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.MALFORMED_REVOCATIONS,
              "it is not a list in DER that " + authority.source() + " signed"),
          e);
    }
  }

  /** A list, and the authority that signed it. */
  public record Issued(AuthorityCertificate authority, RevocationList list) {
    public Issued {
      requireNonNull(authority, "authority");
      requireNonNull(list, "list");
    }
  }

  /**
   * Reads a list that one of several authorities signed.
   *
   * @throws CodedException MALFORMED_REVOCATIONS where it is none, or none of them signed it
   */
  public static Issued parse(
      byte[] der, Collection<AuthorityCertificate> authorities, String source) {
    for (AuthorityCertificate authority : authorities) {
      Optional<RevocationList> list = signedBy(authority, der, source);
      if (list.isPresent()) {
        return new Issued(authority, list.get());
      }
    }
    throw new CodedException(
        Problem.in(
            source,
            ErrorCode.MALFORMED_REVOCATIONS,
            "it is not a list in DER that one of the trusted authorities signed"));
  }

  /** It may be another authority's. */
  private static Optional<RevocationList> signedBy(
      AuthorityCertificate authority, byte[] der, String source) {
    try {
      return Optional.of(parse(der, authority, source));
    } catch (CodedException e) {
      return Optional.empty();
    }
  }

  /** The newer of two of one authority. */
  public RevocationList orNewer(RevocationList other) {
    return other.madeAt().isAfter(madeAt()) ? other : this;
  }

  /** When it was made; how old it is says how much it is worth. */
  public Instant madeAt() {
    return list.getThisUpdate().toInstant();
  }

  /** Whether and when a certificate of this authority was revoked. */
  public Optional<Revoked> find(IdentityCertificate certificate) {
    return Optional.ofNullable(list.getRevokedCertificate(certificate.serial()))
        .map(RevocationList::revoked);
  }

  private static Revoked revoked(X509CRLEntry entry) {
    CRLReason reason = entry.getRevocationReason();
    return new Revoked(
        entry.getRevocationDate().toInstant(),
        reason == CRLReason.SUPERSEDED || reason == CRLReason.CESSATION_OF_OPERATION);
  }

  /** Its octets. */
  public byte[] der() {
    try {
      return list.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("it was read from its octets", e);
    }
  }
}
