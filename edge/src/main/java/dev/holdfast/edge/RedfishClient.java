package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks one management controller over HTTP, and no other host: a reference is a path below {@code
 * /redfish/v1/} or it is refused, and what redirects elsewhere is not followed. Every answer is
 * bounded in octets, and all of them together in time and in number. For one thread, once.
 */
final class RedfishClient implements AutoCloseable {
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final int LONGEST_CREDENTIALS = 10_000;
  private static final int LARGEST_AUTHORITIES = 1 << 20;
  private static final int NOT_FOUND = 404;
  private static final Pattern REFERENCE =
      Pattern.compile("/redfish/v1(/[A-Za-z0-9_.~:$%()'=+-]+)+/?");

  private final URI address;
  private final String header;
  private final String secret;
  private final RedfishLimits limits;
  private final HttpClient http;
  private final long end;
  private int asked;

  /** What came back. */
  record Answer(int status, Optional<String> location, ObjectNode body) {}

  /**
   * A client.
   *
   * @throws CodedException where the credentials or the authorities cannot be read
   */
  RedfishClient(RedfishSettings settings, RedfishLimits limits) {
    address = settings.address();
    this.limits = limits;
    String line = credentials(settings.credentials());
    boolean basic = line.indexOf(':') >= 0;
    header = basic ? "Authorization" : "X-Auth-Token";
    secret = basic ? "Basic " + Base64.getEncoder().encodeToString(line.getBytes(UTF_8)) : line;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.answer());
    settings.authorities().ifPresent(file -> builder.sslContext(context(file)));
    http = builder.build();
    end = System.nanoTime() + limits.all().toNanos();
  }

  private static String credentials(Path file) {
    byte[] octets = OwnersFiles.read(file, LONGEST_CREDENTIALS);
    String text = new String(octets, UTF_8);
    Arrays.fill(octets, (byte) 0);
    return text.lines()
        .findFirst()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && line.chars().noneMatch(Character::isISOControl))
        .orElseThrow(() ->
            new CodedException(
                Problem.in(
                    file.toString(),
                    ErrorCode.BAD_CONFIGURATION,
                    "its first line is neither USER:PASSWORD nor a token")));
  }

  private static SSLContext context(Path file) {
    byte[] pem = BoundedFiles.read(file, LARGEST_AUTHORITIES);
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        trusted.setCertificateEntry("authority-" + number++, each);
      }
      if (number == 0) {
        throw new GeneralSecurityException("there is no certificate in it");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new CodedException(
          Problem.in(
              file.toString(),
              ErrorCode.MALFORMED_CERTIFICATE,
              Problem.printable(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /**
   * Gets a resource.
   *
   * @param reference as a resource of the controller gives it
   * @throws CodedException PEER_UNREACHABLE or PEER_FAILED
   */
  Answer get(String reference) {
    return send(reference, request(reference).GET());
  }

  /** As {@link #get}, of a resource that may be missing. */
  Optional<ObjectNode> find(String reference) {
    HttpResponse<byte[]> response = exchange(reference, request(reference).GET());
    return response.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(answer(reference, response).body());
  }

  /** Posts a JSON object; as {@link #get}. */
  Answer post(String reference, byte[] body) {
    return send(
        reference,
        request(reference)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private HttpRequest.Builder request(String reference) {
    if (!REFERENCE.matcher(reference).matches() || reference.contains("/..")) {
      throw failed(
          "it refers to " + Problem.quote(reference) + ", which is no resource of its own");
    }
    return HttpRequest.newBuilder(address.resolve(reference))
        .header(header, secret)
        .header("Accept", "application/json")
        .timeout(limits.answer());
  }

  private Answer send(String reference, HttpRequest.Builder request) {
    return answer(reference, exchange(reference, request));
  }

  private Answer answer(String reference, HttpResponse<byte[]> response) {
    if (response.statusCode() / 100 != 2) {
      throw failed(reference + " answered with status " + response.statusCode());
    }
    Optional<String> location = response.headers().firstValue("Location");
    byte[] body = response.body();
    if (body.length == 0) {
      return new Answer(response.statusCode(), location, ObjectNode.of(java.util.Map.of()));
    }
    if (BoundedJson.read(body, source() + reference, JsonLimits.ofOctets(LONGEST_ANSWER))
        instanceof ObjectNode object) {
      return new Answer(response.statusCode(), location, object);
    }
    throw failed(reference + " is not a JSON object");
  }

  private HttpResponse<byte[]> exchange(String reference, HttpRequest.Builder request) {
    if (++asked > limits.requests()) {
      throw failed("it leads on through more than " + limits.requests() + " resources");
    }
    long left = Math.min(limits.answer().toNanos(), end - System.nanoTime());
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    try {
      // The time of the request itself ends with the headers; this holds for the last octet too.
      return answer.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw failed(reference + " is not answered in time", e);
    } catch (ExecutionException e) {
      throw unreachable(reference, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable(reference, e);
    }
  }

  private CodedException unreachable(String reference, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return new CodedException(
        Problem.in(
            source() + reference,
            ErrorCode.PEER_UNREACHABLE,
            Problem.printable(cause.getClass().getSimpleName() + ": " + message)),
        cause);
  }

  /** The refusal of what the controller says; to be thrown. */
  CodedException failed(String reason) {
    return new CodedException(Problem.in(source(), ErrorCode.PEER_FAILED, reason));
  }

  private CodedException failed(String reason, Exception cause) {
    return new CodedException(Problem.in(source(), ErrorCode.PEER_FAILED, reason), cause);
  }

  /** Lets time pass before a question is asked again. */
  void pause() {
    try {
      Thread.sleep(Duration.ofNanos(Math.min(limits.pause().toNanos(), end - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Thread.currentThread().isInterrupted() || System.nanoTime() - end >= 0) {
      throw failed("it is not done in time");
    }
  }

  /** The controller's name for messages. */
  String source() {
    return address.getScheme() + "://" + address.getRawAuthority();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
