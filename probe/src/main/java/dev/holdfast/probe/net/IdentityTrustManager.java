package dev.holdfast.probe.net;

import dev.holdfast.base.CodedException;
import dev.holdfast.model.Role;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.CertificateCheck;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.IdentityCertificate;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Lets in whom a trusted authority certified for one role, now. */
final class IdentityTrustManager extends X509ExtendedTrustManager {
  private final CertificateVerifier verifier;
  private final Role role;
  private final InstantSource clock;

  IdentityTrustManager(CertificateVerifier verifier, Role role, InstantSource clock) {
    this.verifier = verifier;
    this.role = role;
    this.clock = clock;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    try {
      CertificateCheck check =
          verifier.check(
              IdentityCertificate.of(chain[0], "certificate of the peer"), role, clock.instant());
      if (check instanceof CertificateCheck.Refused(String reason)) {
        throw new CertificateException(reason);
      }
    } catch (CodedException e) {
      throw new CertificateException(e.problem().sentence(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return verifier.authorities().stream()
        .map(AuthorityCertificate::x509)
        .toArray(X509Certificate[]::new);
  }
}
