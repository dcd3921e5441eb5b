package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes the certificates and lists of one authority, whose key is ECDSA P-256. Serial numbers and
 * times are handed in.
 */
public final class CertificateMaker {
  private static final String ALGORITHM = "SHA256withECDSA";

  /** Each makes one signature. */
  private final Supplier<ContentSigner> signers;

  private final AuthorityCertificate authority;

  /** A maker for an authority that exists. */
  public CertificateMaker(PrivateKey secret, AuthorityCertificate authority) {
    this(() -> signer(requireNonNull(secret, "secret")), authority);
  }

  /** A maker for an authority whose key is whatever signs for it; of ECDSA P-256 too. */
  public CertificateMaker(SigningKey key, AuthorityCertificate authority) {
    this(() -> new CertificateSigner(key), authority);
  }

  private CertificateMaker(Supplier<ContentSigner> signers, AuthorityCertificate authority) {
    this.signers = signers;
    this.authority = requireNonNull(authority, "authority");
  }

  /**
   * A certificate in the list.
   *
   * @param reason as RFC 5280 section 5.3.1 numbers them
   */
  public record Revocation(BigInteger serial, Instant at, int reason) {}

  /** The self-signed certificate of a new authority. */
  public static AuthorityCertificate authority(
      String name,
      PrivateKey secret,
      StatementKey key,
      BigInteger serial,
      Instant from,
      Instant until) {
    return authority(name, signer(secret), key, serial, from, until);
  }

  /** The same where the key is whatever signs for the authority. */
  public static AuthorityCertificate authority(
      String name, SigningKey key, BigInteger serial, Instant from, Instant until) {
    return authority(name, new CertificateSigner(key), key.publicKey(), serial, from, until);
  }

  private static AuthorityCertificate authority(
      String name,
      ContentSigner signer,
      StatementKey key,
      BigInteger serial,
      Instant from,
      Instant until) {
    X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    SubjectPublicKeyInfo spki = SubjectPublicKeyInfo.getInstance(key.spki());
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            subject, serial, Date.from(from), Date.from(until), subject, spki);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, utilities().createSubjectKeyIdentifier(spki));
      return AuthorityCertificate.parse(builder.build(signer).getEncoded(), name);
    } catch (IOException e) {
      throw new IllegalStateException("what we made has octets", e);
    }
  }

  /** A certificate of a host or landmark. */
  public IdentityCertificate certificate(
      Identity identity, StatementKey key, BigInteger serial, Instant from, Instant until) {
    SubjectPublicKeyInfo spki = SubjectPublicKeyInfo.getInstance(key.spki());
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            issuer(),
            serial,
            Date.from(from),
            Date.from(until),
            new X500NameBuilder()
                .addRDN(BCStyle.OU, identity.role().word())
                // 64 characters is the most that X.520 allows; the whole name is in the extension.
                .addRDN(
                    BCStyle.CN,
                    identity.name().substring(0, Math.min(64, identity.name().length())))
                .build(),
            spki);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, utilities().createSubjectKeyIdentifier(spki));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          utilities()
              .createAuthorityKeyIdentifier(
                  SubjectPublicKeyInfo.getInstance(authority.key().spki())));
      builder.addExtension(IdentityExtension.OID, true, IdentityExtension.encode(identity));
      return IdentityCertificate.parse(builder.build(signers.get()).getEncoded(), identity.name());
    } catch (IOException e) {
      throw new IllegalStateException("what we made has octets", e);
    }
  }

  /** The list of all that was revoked. */
  public RevocationList revocations(
      BigInteger number, Instant madeAt, Instant nextAt, List<Revocation> revoked) {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer(), Date.from(madeAt));
    builder.setNextUpdate(Date.from(nextAt));
    for (Revocation each : revoked) {
      builder.addCRLEntry(each.serial(), Date.from(each.at()), each.reason());
    }
    try {
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          utilities()
              .createAuthorityKeyIdentifier(
                  SubjectPublicKeyInfo.getInstance(authority.key().spki())));
      return RevocationList.parse(
          builder.build(signers.get()).getEncoded(), authority, authority.name());
    } catch (IOException e) {
      throw new IllegalStateException("what we made has octets", e);
    }
  }

  private X500Name issuer() {
    return X500Name.getInstance(authority.x509().getSubjectX500Principal().getEncoded());
  }

  private static X509ExtensionUtils utilities() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-1, which key ids use", e);
    }
  }

  private static ContentSigner signer(PrivateKey secret) {
    try {
      return new JcaContentSignerBuilder(ALGORITHM).build(secret);
    } catch (OperatorCreationException e) {
      throw new IllegalArgumentException("the key does not sign with " + ALGORITHM, e);
    }
  }
}
