package dev.holdfast.trust.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.CustodyWord;
import dev.holdfast.trust.Envelope;
import dev.holdfast.trust.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
  private static final int LONGEST_PROBLEM = 10_000;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final URI base;
  private final String token;
  private final Patience patience;
  private final Pause pause;
  private final HttpClient http;

  private static final int MOST_ITEMS = 10_000;
  private static final int LONGEST_TOKEN = 1000;
  private static final String JSON = "application/json";

  /** A token, without its secret. */
  public record NamedToken(String name, String role, Instant since) {}

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

  /**
   * A client of the usual patience whose token is in a file.
   *
   * @throws CodedException as {@link #token}
   */
  public static ServerClient to(URI server, Path tokenFile) {
    return to(server, token(tokenFile));
  }

  /**
   * The token in a file.
   *
   * @param file of its owner alone, with the token in its first line
   * @throws CodedException BAD_KEY_FILE or another where the token cannot be read
   */
  public static String token(Path file) {
    return new String(OwnersFiles.read(file, LONGEST_TOKEN), UTF_8)
        .lines()
        .findFirst()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .orElseThrow(() ->
            new CodedException(
                Problem.in(
                    file.toString(),
                    ErrorCode.BAD_CONFIGURATION,
                    "there is no token in its first line")));
  }

  /** Declares a fleet: the body of {@code POST /api/v1/fleet}. */
  public void declare(ObjectNode declaration) {
    var _ = declare(CanonicalJson.octets(declaration), JSON);
  }

  /**
   * Declares a fleet as a file has it.
   *
   * @param type application/json, application/yaml or text/csv
   * @return the entries of the ledger that say so
   */
  public List<Long> declare(byte[] fleet, String type) {
    return answer(
        send("POST", "fleet", type, fleet),
        fields ->
            fields.items("items", MOST_ITEMS).stream().map(item -> item.whole("index")).toList());
  }

  /**
   * Hands an authority's list of revocations over.
   *
   * @param list in DER
   * @return the entry of the ledger that holds it
   */
  public long revoke(byte[] list) {
    return revoke("revocations", list);
  }

  /** Hands a manufacturer's list over, about its chips; the same otherwise. */
  public long revokeDevices(byte[] list) {
    return revoke("revocations?of=devices", list);
  }

  private long revoke(String path, byte[] list) {
    return answer(send("PUT", path, "application/pkix-crl", list), fields -> fields.whole("index"));
  }

  /**
   * Tells of a licence, an inspection, a transfer or an announced outage.
   *
   * @return the entry of the ledger that says so
   */
  public long tell(CustodyWord word) {
    byte[] body = CanonicalJson.octets(ObjectNode.of(word.fields()));
    return answer(send("POST", "custody", JSON, body), fields -> fields.whole("index"));
  }

  /**
   * What the server makes public for evidence that is made now.
   *
   * @param until when evidence for it is fresh no longer
   */
  public record Challenge(byte[] octets, Instant until) {}

  /** The newest challenge. */
  public Challenge challenge() {
    return answer(
        send("GET", "challenge", JSON, new byte[0]),
        fields ->
            new Challenge(
                fields.value("challenge", HexFormat.of()::parseHex),
                fields.value("until", Instant::parse)));
  }

  /**
   * Makes a token, which takes an administrator's.
   *
   * @param role admin, operator, exporter, auditor, landmark or agent
   * @return its secret, which the server does not keep
   */
  public String makeToken(String name, String role) {
    ObjectNode asked =
        ObjectNode.of(Map.of("name", new TextNode(name), "role", new TextNode(role)));
    byte[] answer = send("POST", "tokens", JSON, CanonicalJson.octets(asked));
    return answer(answer, fields -> fields.text("token"));
  }

  /** Revokes a token by its name. */
  public void revokeToken(String name) {
    var _ = send("DELETE", "tokens/" + segment(name), JSON, new byte[0]);
  }

  /** The tokens there are, without their secrets. */
  public List<NamedToken> tokens() {
    return answer(
        send("GET", "tokens", JSON, new byte[0]),
        fields ->
            fields.items("items", MOST_ITEMS).stream()
                .map(item ->
                    new NamedToken(
                        item.text("name"), item.text("role"), item.value("since", Instant::parse)))
                .toList());
  }

  /** Blanks of a path are not written as those of a form. */
  private static String segment(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  private <T> T answer(byte[] octets, Function<JsonFields, T> meaning) {
    try {
      return meaning.apply(
          JsonFields.read(octets, base.getAuthority(), LONGEST_ANSWER, ErrorCode.PEER_FAILED));
    } catch (CodedException e) {
      // Malformed JSON would else be called the user's fault.
      throw failed("its answer is malformed: " + e.problem().reason());
    }
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
    List<StatementAnswer> answers =
        answer(
            answer,
            fields -> fields.items("items", lines).stream().map(ServerClient::answer).toList());
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

  /** What a server says of a failure: its code, field and detail (RFC 9457), or its beginning. */
  private static String shown(byte[] octets) {
    try {
      JsonFields problem =
          JsonFields.read(octets, "problem", LONGEST_PROBLEM, ErrorCode.PEER_FAILED);
      String field = problem.has("field") ? problem.text("field") + ": " : "";
      return Problem.printable(problem.text("code") + " " + field + problem.text("detail"));
    } catch (CodedException e) {
      return Problem.quote(new String(octets, 0, Math.min(octets.length, SHOWN), UTF_8).strip());
    }
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
