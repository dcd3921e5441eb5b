package dev.holdfast.trust.store;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/**
 * What a web server shows of itself in TLS: a certificate, those above it, and the private key to
 * it, as any certificate authority issues them. It says nothing of landmarks and hosts, whose
 * certificates are {@link HeldIdentity}.
 */
public final class TlsIdentity {
  private static final int LARGEST_CHAIN = 1 << 18;
  private static final int LARGEST_KEY = 1 << 16;
  private static final String TLS = "TLS";
  private static final String ALIAS = "server";

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /**
   * Reads both from files.
   *
   * @param certificates in PEM, the server's own first
   * @param key PKCS #8 in PEM (RFC 5958, RFC 7468), RSA, ECDSA or EdDSA, in a file of its owner
   *     alone
   * @throws CodedException FILE_NOT_FOUND, FILE_UNREADABLE, MALFORMED_CERTIFICATE, or BAD_KEY_FILE
   *     where others may reach the key or it is not the certificate's
   */
  public static TlsIdentity read(Path certificates, Path key) {
    List<X509Certificate> chain =
        chain(BoundedFiles.read(certificates, LARGEST_CHAIN), certificates.toString());
    PrivateKey secret = secret(key);
    if (!belong(secret, chain.getFirst().getPublicKey())) {
      throw new CodedException(
          Problem.in(
              key.toString(),
              ErrorCode.BAD_KEY_FILE,
              "it is not the key of the first certificate in " + certificates));
    }
    return new TlsIdentity(chain, secret);
  }

  private static List<X509Certificate> chain(byte[] text, String source) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return Pem.parts(text, Pem.CERTIFICATE, source, ErrorCode.MALFORMED_CERTIFICATE).stream()
          .map(der -> certificate(factory, der, source))
          .toList();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has X.509", e);
    }
  }

  private static X509Certificate certificate(
      CertificateFactory factory, byte[] der, String source) {
    try {
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_CERTIFICATE, "a certificate in it is none"), e);
    }
  }

  private static PrivateKey secret(Path file) {
    byte[] text = OwnersFiles.read(file, LARGEST_KEY);
    byte[] octets = new byte[0];
    try {
      octets = Pem.part(text, Pem.PRIVATE_KEY, file.toString(), ErrorCode.BAD_KEY_FILE);
      String algorithm =
          PrivateKeyInfo.getInstance(octets).getPrivateKeyAlgorithm().getAlgorithm().getId();
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets));
    } catch (GeneralSecurityException | RuntimeException e) {
      if (e instanceof CodedException coded) {
        throw coded;
      }
      // Without its cause, which could show some of the key.
      throw new CodedException(
          Problem.in(
              file.toString(), ErrorCode.BAD_KEY_FILE, "it holds no RSA, ECDSA or EdDSA key"));
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static boolean belong(PrivateKey secret, PublicKey shown) {
    String algorithm =
        switch (shown.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> shown.getAlgorithm();
        };
    byte[] message = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(shown);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** What a server of TLS takes. */
  public SSLContext context() {
    char[] none = new char[0];
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, none);
      store.setKeyEntry(ALIAS, key, none, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, none);
      SSLContext context = SSLContext.getInstance(TLS);
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /** The first certificate's subject. */
  @Override
  public String toString() {
    return chain.getFirst().getSubjectX500Principal().getName();
  }
}
