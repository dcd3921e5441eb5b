package dev.holdfast.trust.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says statements to a Holdfast server over HTTP.
 *
 * <p>Where the server cannot take something now (429, 503) it is sent again after as long as the
 * server asks for, within the client's {@link Patience}. Everything else that is not a success is a
 * {@link CodedException}: PEER_UNREACHABLE where there is no answer, PEER_FAILED with what the
 * server said where there is. Answers are read no further than {@value #LONGEST_ANSWER} octets.
 * Safe for many threads.
 */
public final class ServerClient implements StatementSink, AutoCloseable {
  /** The most statements of one request. */
  public static final int MOST_LINES = 1000;

  /** The most octets of one request. */
  public static final int LONGEST_REQUEST = 16 << 20;

  private static final int LONGEST_ANSWER = 8 << 20;
  private static final int SHOWN = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final URI base;
  private final String token;
  private final Patience patience;
  private final Pause pause;
  private final HttpClient http;

  private record Answer(int status, Optional<String> retryAfter, byte[] octets) {}

  /**
   * A client.
   *
   * @param server such as {@code http://127.0.0.1:8080/}
   * @param token sent with every request, never shown
   * @param pause lets time pass between two attempts
   * @throws CodedException USAGE where the address is not one of http or https
   */
  public ServerClient(URI server, String token, Patience patience, Pause pause) {
    if (!SCHEMES.contains(String.valueOf(server.getScheme())) || server.getHost() == null) {
      throw new CodedException(
          Problem.of(ErrorCode.USAGE, "the server is not an http or https address"));
    }
    this.base = server.resolve("/api/v1/");
    this.token = requireNonNull(token, "token");
    this.patience = requireNonNull(patience, "patience");
    this.pause = requireNonNull(pause, "pause");
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience.answer())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** A client of the usual patience. */
  public static ServerClient to(URI server, String token) {
    return new ServerClient(server, token, Patience.usual(), Thread::sleep);
  }

  /** Declares a fleet: the body of {@code POST /api/v1/fleet}. */
  public void declare(ObjectNode declaration) {
    send("POST", "fleet", "application/json", CanonicalJson.octets(declaration));
  }

  @Override
  public void keep(Sha256 name, byte[] octets) {
    send("PUT", "blobs/" + name.hex(), "application/octet-stream", octets);
  }

  /**
   * Says statements.
   *
   * @throws CodedException PEER_FAILED too where one of them was refused; the others are taken
   */
  @Override
  public void say(List<Envelope> statements) {
    List<StatementAnswer> answers = state(statements);
    List<StatementAnswer.Refused> refused =
        answers.stream()
            .filter(StatementAnswer.Refused.class::isInstance)
            .map(StatementAnswer.Refused.class::cast)
            .toList();
    if (!refused.isEmpty()) {
      throw failed(
          refused.size()
              + " of "
              + answers.size()
              + " statements were refused, the first with "
              + refused.getFirst().code()
              + " "
              + Problem.quote(refused.getFirst().detail()));
    }
  }

  /** Says statements in as many requests as it takes, and tells what became of each. */
  public List<StatementAnswer> state(List<Envelope> statements) {
    List<StatementAnswer> answers = new ArrayList<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int lines = 0;
    for (Envelope each : statements) {
      byte[] line = each.octets();
      if (lines == MOST_LINES || body.size() + line.length + 1 > LONGEST_REQUEST) {
        answers.addAll(state(body.toByteArray(), lines));
        body.reset();
        lines = 0;
      }
      body.writeBytes(line);
      body.write('\n');
      lines++;
    }
    if (lines > 0) {
      answers.addAll(state(body.toByteArray(), lines));
    }
    return answers;
  }

  private List<StatementAnswer> state(byte[] body, int lines) {
    byte[] answer = send("POST", "statements", "application/x-ndjson", body);
    List<StatementAnswer> answers = new ArrayList<>();
    try {
      for (JsonFields item :
          JsonFields.read(answer, base.getAuthority(), LONGEST_ANSWER, ErrorCode.PEER_FAILED)
              .items("items", lines)) {
        answers.add(answer(item));
      }
    } catch (CodedException e) {
      // Malformed JSON would else be called the user's fault.
      throw failed("its answer is malformed: " + e.problem().reason());
    }
    if (answers.size() != lines) {
      throw failed(lines + " statements were answered with " + answers.size() + " items");
    }
    return answers;
  }

  private static StatementAnswer answer(JsonFields item) {
    if (item.has("problem")) {
      JsonFields problem = item.fields("problem");
      String detail = problem.has("detail") ? problem.text("detail") : "";
      return new StatementAnswer.Refused(problem.text("code"), detail);
    }
    return new StatementAnswer.Taken(
        item.whole("index"), item.has("repeated") && item.truth("repeated"));
  }

  /** Sends until it is taken or patience ends; returns the octets of a success. */
  private byte[] send(String method, String path, String type, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(patience.answer())
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    try {
      for (int attempt = 1; ; attempt++) {
        Answer answer = exchange(request);
        if (answer.status() / 100 == 2) {
          return answer.octets();
        }
        boolean later = answer.status() == TOO_MANY_REQUESTS || answer.status() == UNAVAILABLE;
        if (!later || attempt == patience.attempts()) {
          throw failed(
              method + " " + path + ": status " + answer.status() + " " + shown(answer.octets()));
        }
        pause.pause(wait(answer.retryAfter(), attempt));
      }
    } catch (IOException e) {
      throw new CodedException(
          unreachable(e.getClass().getSimpleName() + ": " + e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CodedException(unreachable("it was interrupted"), e);
    }
  }

  private Answer exchange(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      byte[] octets = in.readNBytes(LONGEST_ANSWER + 1);
      if (octets.length > LONGEST_ANSWER) {
        throw failed("it answers with more than " + LONGEST_ANSWER + " octets");
      }
      return new Answer(
          response.statusCode(), response.headers().firstValue("Retry-After"), octets);
    }
  }

  /** As long as the server asks for in seconds, else twice as long each time; bounded. */
  private Duration wait(Optional<String> retryAfter, int attempt) {
    Duration asked =
        retryAfter
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(Duration.ofMillis(250L << Math.min(attempt - 1, 10)));
    return asked.compareTo(patience.longestWait()) > 0 ? patience.longestWait() : asked;
  }

  private static String shown(byte[] octets) {
    return Problem.quote(new String(octets, 0, Math.min(octets.length, SHOWN), UTF_8).strip());
  }

  private Problem unreachable(String reason) {
    return Problem.in(base.getAuthority(), ErrorCode.PEER_UNREACHABLE, Problem.printable(reason));
  }

  private CodedException failed(String reason) {
    return new CodedException(Problem.in(base.getAuthority(), ErrorCode.PEER_FAILED, reason));
  }

  /** The address, for messages. */
  @Override
  public String toString() {
    return base.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
