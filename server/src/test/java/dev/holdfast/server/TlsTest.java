package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a certificate and its key the server speaks TLS, and nothing else. */
final class TlsTest {
  @TempDir private Path folder;

  /** A certificate for loopback that signs itself, and the files that a server takes. */
  private record Shown(X509Certificate certificate, ServerSettings.Tls files) {}

  private static byte[] pem(String label, byte[] octets) {
    return ("-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(octets)
            + "\n-----END "
            + label
            + "-----\n")
        .getBytes(US_ASCII);
  }

  private Shown shown(String name, String keys, int strength, String signature) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(keys);
    if (strength > 0) {
      generator.initialize(strength);
    }
    KeyPair pair = generator.generateKeyPair();
    Instant now = Instant.now();
    X500Name subject = new X500Name("CN=" + name);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            BigInteger.ONE,
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(3600)),
            subject,
            pair.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
    Path chain = folder.resolve(name + ".pem");
    Files.write(chain, pem("CERTIFICATE", certificate.getEncoded()));
    Path key = folder.resolve(name + ".key");
    OwnersFiles.create(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    return new Shown(certificate, new ServerSettings.Tls(chain, key));
  }

  private Shown usual(String name) throws Exception {
    return shown(name, "EC", 256, "SHA256withECDSA");
  }

  private HoldfastServer started(ServerSettings.Tls files) {
    return HoldfastServer.start(
        Desk.settings(folder.resolve("server")).withTls(files),
        () -> Desk.NOON,
        new SecureRandom());
  }

  private static HttpClient trusting(X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", certificate);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static HttpRequest health(URI server) {
    return HttpRequest.newBuilder(server.resolve("/healthz")).build();
  }

  @ParameterizedTest
  @CsvSource({"EC,256,SHA256withECDSA", "RSA,2048,SHA256withRSA", "Ed25519,0,Ed25519"})
  void whoever_trusts_its_certificate_is_answered(String keys, int strength, String signature)
      throws Exception {
    Shown shown = shown("good", keys, strength, signature);
    try (HoldfastServer server = started(shown.files());
        HttpClient client = trusting(shown.certificate())) {
      URI uri = URI.create(server.uri());
      assertThat(uri.getScheme()).isEqualTo("https");
      HttpResponse<String> answer = client.send(health(uri), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("ok\n");
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }
  }

  @Test
  void whoever_trusts_another_is_not_and_plain_http_gets_nothing() throws Exception {
    try (HoldfastServer server = started(usual("good").files());
        HttpClient other = trusting(usual("other").certificate());
        HttpClient plain = HttpClient.newHttpClient()) {
      URI uri = URI.create(server.uri());
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> other.send(health(uri), HttpResponse.BodyHandlers.ofString()));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() ->
              plain.send(
                  health(URI.create("http://127.0.0.1:" + uri.getPort() + "/")),
                  HttpResponse.BodyHandlers.ofString()));
    }
  }

  private void refused(ServerSettings.Tls files, ErrorCode code, String reason) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> started(files).close())
        .satisfies(e -> {
          assertThat(e.problem().code()).isEqualTo(code);
          assertThat(e.problem().sentence()).contains(reason);
        });
  }

  @Test
  void a_key_of_another_certificate_or_within_others_reach_is_refused() throws Exception {
    Shown good = usual("good");
    Shown other = usual("other");
    refused(
        new ServerSettings.Tls(good.files().certificates(), other.files().key()),
        ErrorCode.BAD_KEY_FILE,
        "not the key of the first certificate");
    refused(
        new ServerSettings.Tls(good.files().key(), good.files().key()),
        ErrorCode.MALFORMED_CERTIFICATE,
        "no CERTIFICATE");
    Files.setPosixFilePermissions(good.files().key(), PosixFilePermissions.fromString("rw-r--r--"));
    refused(good.files(), ErrorCode.BAD_KEY_FILE, "good.key");
  }

  @Test
  void with_tls_it_may_listen_beyond_this_machine() throws Exception {
    ServerSettings settings =
        Desk.settings(folder.resolve("server")).withTls(usual("good").files());
    assertThat(settings.at("holdfast.example/log", "0.0.0.0", false).host()).isEqualTo("0.0.0.0");
  }
}
