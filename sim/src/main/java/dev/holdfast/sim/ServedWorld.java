package dev.holdfast.sim;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CustodyWord;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.store.LeaseAnswer;
import dev.holdfast.trust.store.LeaseClient;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A server that is told over HTTP what a {@link SignedStage} says, as sources would tell it, and
 * whose clock somebody else moves. For one thread.
 *
 * <p>What the server refuses is a {@link CodedException}, as its clients have it.
 */
public final class ServedWorld implements SignedStage.World, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST_ANSWER = 8 << 20;
  private static final int OK = 200;

  /** Who shows leases of a story to whom. */
  public static final String AUDIENCE = "simulated.example";

  /** The clock of the server, in the hands of who runs it. */
  public interface Clock {
    /** It is this time from now on. */
    void at(Instant time);

    /** It is this time from now on, and that stands in the ledger and in the views. */
    void pass(Instant to);
  }

  private final URI server;
  private final String token;
  private final Clock clock;
  private final BiConsumer<SimulatedIdentity, LeaseAnswer> answered;
  private final ServerClient client;
  private final BlobsAhead sink;
  private final LeaseClient leases;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * A world.
   *
   * @param token of an administrator
   * @param answered hears what hosts that ask for leases are answered
   */
  public ServedWorld(
      URI server, String token, Clock clock, BiConsumer<SimulatedIdentity, LeaseAnswer> answered) {
    this.server = requireNonNull(server, "server");
    this.token = requireNonNull(token, "token");
    this.clock = requireNonNull(clock, "clock");
    this.answered = requireNonNull(answered, "answered");
    client = ServerClient.to(server, token);
    sink = new BlobsAhead(client);
    leases = new LeaseClient(server);
  }

  @Override
  public void declare(ObjectNode fleet) {
    client.declare(fleet);
  }

  @Override
  public void tell(CustodyWord word) {
    var _ = client.tell(word);
  }

  @Override
  public byte[] pass(Instant to) {
    clock.pass(to);
    return client.challenge().octets();
  }

  @Override
  public void at(Instant time) {
    clock.at(time);
  }

  @Override
  public void keep(Sha256 name, byte[] octets) {
    sink.keep(name, octets);
  }

  @Override
  public void say(List<Envelope> statements) {
    sink.say(statements);
  }

  @Override
  public void ask(SimulatedIdentity host, Instant at) {
    answered.accept(host, leases.ask(host.certificate(), host.key(), AUDIENCE, token, at));
  }

  /**
   * What the server answers in English to whoever reads.
   *
   * @param path below {@code /api/v1/}, with its parameters
   * @throws CodedException PEER_UNREACHABLE, or PEER_FAILED for what is no such answer
   */
  public JsonFields get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/" + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Accept-Language", "en")
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] octets = in.readNBytes(LONGEST_ANSWER + 1);
        if (response.statusCode() != OK) {
          throw new CodedException(
              Problem.in(
                  path, ErrorCode.PEER_FAILED, "it answers with status " + response.statusCode()));
        }
        return JsonFields.read(octets, path, LONGEST_ANSWER, ErrorCode.PEER_FAILED);
      }
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(
              path,
              ErrorCode.PEER_UNREACHABLE,
              Problem.printable(e.getClass().getSimpleName() + ": " + e.getMessage())),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CodedException(
          Problem.in(path, ErrorCode.PEER_UNREACHABLE, "it was interrupted"), e);
    }
  }

  @Override
  public void close() {
    sink.close();
    leases.close();
    client.close();
    http.close();
  }
}
