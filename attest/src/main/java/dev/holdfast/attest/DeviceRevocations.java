package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists of revoked certificates of manufacturers (RFC 5280 section 5), from files. A list counts
 * for certificates whose issuer signed it. Safe for many threads.
 */
public final class DeviceRevocations {
  /** No lists, so nothing is checked. */
  public static final DeviceRevocations NONE = new DeviceRevocations(List.of());

  private static final int LONGEST = 8 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN X509 CRL-----\\s*([A-Za-z0-9+/=\\s]*)-----END X509 CRL-----");

  private final List<X509CRL> lists;
  private final Map<Signer, Boolean> signers = new ConcurrentHashMap<>();

  /** Whose signature under which list was looked at. */
  private record Signer(int list, PublicKey key) {}

  private DeviceRevocations(List<X509CRL> lists) {
    this.lists = List.copyOf(lists);
  }

  /** What the lists say of one certificate. */
  public sealed interface Status {
    /**
     * It is in no list of its issuer.
     *
     * @param madeAt when the newest list was made
     * @param outdated whether the issuer promised a newer one by now
     */
    record Good(Instant madeAt, boolean outdated) implements Status {}

    /** It was revoked. */
    record Revoked(Instant at) implements Status {}

    /** There is no list of its issuer. */
    record Unchecked() implements Status {}
  }

  /**
   * Reads a file with lists, PEM or one in DER.
   *
   * @throws CodedException MALFORMED_REVOCATIONS
   */
  public static DeviceRevocations parse(byte[] octets, String source) {
    if (octets.length > LONGEST) {
      throw refuse(source, "it has more than " + LONGEST + " octets", null);
    }
    List<X509CRL> lists = new ArrayList<>();
    String text = new String(octets, ISO_8859_1);
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      try {
        lists.add(list(Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")), source));
      } catch (IllegalArgumentException e) {
        throw refuse(source, "a list is not base64", e);
      }
    }
    return new DeviceRevocations(lists.isEmpty() ? List.of(list(octets, source)) : lists);
  }

  private static X509CRL list(byte[] der, String source) {
    try {
      X509CRL list =
          (X509CRL)
              CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
      if (!Arrays.equals(list.getEncoded(), der)) {
        throw refuse(source, "something follows the list", null);
      }
      return list;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw e instanceof CodedException coded
          ? coded
          : refuse(source, "it is no list of revoked certificates in PEM or DER", e);
    }
  }

  private static CodedException refuse(String source, String reason, @Nullable Throwable cause) {
    Problem problem = Problem.in(source, ErrorCode.MALFORMED_REVOCATIONS, reason);
    return cause == null ? new CodedException(problem) : new CodedException(problem, cause);
  }

  /**
   * Who says to have made a list, and when.
   *
   * @param issuer as people call it; unverified until a chain holds its key
   */
  public record Issued(String issuer, Instant madeAt) {}

  /** Who made the lists. */
  public List<Issued> issued() {
    return lists.stream()
        .map(each -> new Issued(each.getIssuerX500Principal().getName(), madeAt(each)))
        .toList();
  }

  /** Both these and those. */
  public DeviceRevocations and(DeviceRevocations others) {
    List<X509CRL> all = new ArrayList<>(lists);
    all.addAll(others.lists);
    return new DeviceRevocations(all);
  }

  /**
   * What the newest list of its issuer says of a certificate.
   *
   * @param at the moment that is asked about
   */
  Status of(X509Certificate certificate, X509Certificate issuer, Instant at) {
    @Nullable X509CRL newest = null;
    for (int i = 0; i < lists.size(); i++) {
      X509CRL list = lists.get(i);
      if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
          && !madeAt(list).isAfter(at)
          && (newest == null || madeAt(list).isAfter(madeAt(newest)))
          && isSigned(i, issuer.getPublicKey())) {
        newest = list;
      }
    }
    if (newest == null) {
      return new Status.Unchecked();
    }
    X509CRLEntry entry = newest.getRevokedCertificate(certificate.getSerialNumber());
    if (entry != null) {
      return new Status.Revoked(entry.getRevocationDate().toInstant());
    }
    Date next = newest.getNextUpdate();
    return new Status.Good(madeAt(newest), next != null && next.toInstant().isBefore(at));
  }

  private static Instant madeAt(X509CRL list) {
    return list.getThisUpdate().toInstant();
  }

  private boolean isSigned(int index, PublicKey key) {
    return signers.computeIfAbsent(
        new Signer(index, key),
        signer -> {
          try {
            lists.get(index).verify(key);
            return true;
          } catch (GeneralSecurityException | RuntimeException e) {
            return false;
          }
        });
  }
}
