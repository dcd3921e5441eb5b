package dev.holdfast.trust.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.EarVerifier;
import dev.holdfast.trust.IdentityCertificate;
import dev.holdfast.trust.JsonWebKeySet;
import dev.holdfast.trust.KeyRing;
import dev.holdfast.trust.PossessionProof;
import dev.holdfast.trust.PossessionProof.Purpose;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks a server for leases, for the keys that sign them, which are public, and for another one.
 *
 * <p>What is no such answer is a {@link CodedException}: PEER_UNREACHABLE or PEER_FAILED.
 */
public final class LeaseClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST_ANSWER = EarVerifier.LONGEST + 4096;
  private static final int MOST_REASONS = 1000;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final URI base;
  private final HttpClient http;

  private record Answer(int status, byte[] octets) {}

  /**
   * A client.
   *
   * @param server such as {@code https://holdfast.example/}
   * @throws CodedException USAGE where the address is not one of http or https
   */
  public LeaseClient(URI server) {
    if (!SCHEMES.contains(String.valueOf(server.getScheme())) || server.getHost() == null) {
      throw new CodedException(
          Problem.of(ErrorCode.USAGE, "the server is not an http or https address"));
    }
    base = server.resolve("/api/v1/");
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** The keys that sign leases. */
  public KeyRing keys() {
    Answer answer = send(HttpRequest.newBuilder(base.resolve("/.well-known/jwks.json")).GET());
    if (answer.status() != OK) {
      throw failed("it answers with status " + answer.status() + " instead of keys");
    }
    try {
      return JsonWebKeySet.read(answer.octets(), base.getAuthority());
    } catch (CodedException e) {
      throw failed("its keys are malformed: " + e.problem().reason());
    }
  }

  /**
   * Asks for a lease.
   *
   * @param key that the certificate is of
   * @param token of somebody who may hand in statements
   * @param now the present, which the proof names
   */
  public LeaseAnswer ask(
      IdentityCertificate certificate, SigningKey key, String audience, String token, Instant now) {
    byte[] body =
        CanonicalJson.octets(
            ObjectNode.of(
                Map.of(
                    "audience",
                    new TextNode(audience),
                    "certificate",
                    new TextNode(Base64.getEncoder().encodeToString(certificate.der())),
                    "proof",
                    new TextNode(request(certificate, audience, now).sign(key)))));
    Answer answer =
        send(
            HttpRequest.newBuilder(base.resolve("leases"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
    try {
      JsonFields fields =
          JsonFields.read(
              answer.octets(), base.getAuthority(), LONGEST_ANSWER, ErrorCode.PEER_FAILED);
      if (answer.status() == OK) {
        return new LeaseAnswer.Granted(fields.text("lease"));
      }
      if (answer.status() == FORBIDDEN && fields.has("reasons")) {
        return new LeaseAnswer.Refused(
            fields.items("reasons", MOST_REASONS).stream().map(LeaseClient::reason).toList());
      }
      throw refused(answer, fields);
    } catch (CodedException e) {
      if (e.problem().code() == ErrorCode.PEER_FAILED) {
        throw e;
      }
      throw failed("it answers with status " + answer.status() + ": " + e.problem().reason());
    }
  }

  /**
   * Has the server sign leases with another key from now on.
   *
   * @param token of an administrator
   * @return the id of the key, in hexadecimal digits
   */
  public String change(String token) {
    Answer answer =
        send(
            HttpRequest.newBuilder(base.resolve("leases/keys"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody()));
    JsonFields fields =
        JsonFields.read(
            answer.octets(), base.getAuthority(), LONGEST_ANSWER, ErrorCode.PEER_FAILED);
    if (answer.status() != OK) {
      throw refused(answer, fields);
    }
    return fields.text("key");
  }

  /**
   * What a request says: its nonce is that of no question, since its time is what counts. Whoever
   * repeats it gets a lease for the same key alone.
   */
  public static PossessionProof request(
      IdentityCertificate certificate, String audience, Instant now) {
    return new PossessionProof(
        Purpose.REQUEST, audience, "lease request", Sha256.of(certificate.der()), now);
  }

  private CodedException refused(Answer answer, JsonFields fields) {
    return failed(
        "status "
            + answer.status()
            + " "
            + Problem.printable(
                fields.text("code") + (fields.has("detail") ? " " + fields.text("detail") : "")));
  }

  private static Reason reason(JsonFields fields) {
    return new Reason(fields.text("code"), List.copyOf(fields.texts("arguments", 16)));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> response =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] octets = in.readNBytes(LONGEST_ANSWER + 1);
        if (octets.length > LONGEST_ANSWER) {
          throw failed("it answers with more than " + LONGEST_ANSWER + " octets");
        }
        return new Answer(response.statusCode(), octets);
      }
    } catch (IOException e) {
      throw new CodedException(
          unreachable(e.getClass().getSimpleName() + ": " + e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CodedException(unreachable("it was interrupted"), e);
    }
  }

  private Problem unreachable(String reason) {
    return Problem.in(base.getAuthority(), ErrorCode.PEER_UNREACHABLE, Problem.printable(reason));
  }

  private CodedException failed(String reason) {
    return new CodedException(Problem.in(base.getAuthority(), ErrorCode.PEER_FAILED, reason));
  }

  @Override
  public void close() {
    http.close();
  }
}
