package dev.holdfast.trust.store;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.CertificateRequest;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.RevocationList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a reader trusts, and certificates, from files in PEM. */
public final class TrustFiles {
  private static final int LARGEST = 1 << 20;
  private static final int LARGEST_LIST = 12 << 20;

  private TrustFiles() {}

  /**
   * The authorities in a file: one certificate or more.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, INPUT_TOO_LARGE or
   *     MALFORMED_CERTIFICATE
   */
  public static List<AuthorityCertificate> authorities(Path file) {
    List<AuthorityCertificate> all = new ArrayList<>();
    for (byte[] der :
        Pem.parts(
            BoundedFiles.read(file, LARGEST),
            Pem.CERTIFICATE,
            file.toString(),
            ErrorCode.MALFORMED_CERTIFICATE)) {
      all.add(AuthorityCertificate.parse(der, file.toString()));
    }
    return all;
  }

  /**
   * A verifier that trusts the authorities of a file.
   *
   * @param revocations a file of lists, or null where there is none and revocation is not checked
   * @throws CodedException as {@link #authorities}; MALFORMED_REVOCATIONS where a list is none, or
   *     no authority of the file signed it
   */
  public static CertificateVerifier verifier(Path authorityFile, @Nullable Path revocations) {
    List<AuthorityCertificate> authorities = authorities(authorityFile);
    Map<AuthorityCertificate, RevocationList> lists = new HashMap<>();
    if (revocations != null) {
      String source = revocations.toString();
      for (byte[] der : revocations(revocations)) {
        RevocationList.Issued issued = RevocationList.parse(der, authorities, source);
        lists.merge(issued.authority(), issued.list(), RevocationList::orNewer);
      }
    }
    return new CertificateVerifier(authorities, lists);
  }

  /**
   * The lists of revoked certificates in a file, in DER; who signed them is not looked into.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, INPUT_TOO_LARGE or
   *     MALFORMED_REVOCATIONS
   */
  public static List<byte[]> revocations(Path file) {
    return Pem.parts(
        BoundedFiles.read(file, LARGEST_LIST),
        Pem.REVOCATIONS,
        file.toString(),
        ErrorCode.MALFORMED_REVOCATIONS);
  }

  /**
   * The certificate of a host or landmark.
   *
   * @throws CodedException as {@link #authorities}
   */
  public static IdentityCertificate certificate(Path file) {
    return IdentityCertificate.parse(
        Pem.part(
            BoundedFiles.read(file, LARGEST),
            Pem.CERTIFICATE,
            file.toString(),
            ErrorCode.MALFORMED_CERTIFICATE),
        file.toString());
  }

  /**
   * A request for a certificate.
   *
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, INPUT_TOO_LARGE or MALFORMED_REQUEST
   */
  public static CertificateRequest request(Path file) {
    return CertificateRequest.parse(
        Pem.part(
            BoundedFiles.read(file, LARGEST),
            Pem.REQUEST,
            file.toString(),
            ErrorCode.MALFORMED_REQUEST),
        file.toString());
  }

  /** A certificate in PEM. */
  public static byte[] print(IdentityCertificate certificate) {
    return Pem.print(Pem.CERTIFICATE, certificate.der());
  }

  /** A request in PEM. */
  public static byte[] print(CertificateRequest request) {
    return Pem.print(Pem.REQUEST, request.der());
  }
}
