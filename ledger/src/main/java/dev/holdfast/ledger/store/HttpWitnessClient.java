package dev.holdfast.ledger.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Note;
import dev.holdfast.ledger.NoteSignature;
import dev.holdfast.ledger.WitnessRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;

/**
 * Asks a witness over HTTP (C2SP tlog-witness, {@code add-checkpoint}).
 *
 * <p>One instance serves many threads.
 */
public final class HttpWitnessClient implements WitnessClient {
  private static final int OK = 200;
  private static final int CONFLICT = 409;

  private final URI address;
  private final BoundedHttp http;

  HttpWitnessClient(URI prefix, BoundedHttp http) {
    this.address = BoundedHttp.base(prefix).resolve("add-checkpoint");
    this.http = http;
  }

  /**
   * The witness at an address.
   *
   * @param prefix its submission prefix, with or without its last slash
   * @param timeout for each question; more than zero
   * @throws CodedException USAGE where it is not an http or https address, or has a user, a query
   *     or a fragment
   */
  public static HttpWitnessClient at(URI prefix, Duration timeout) {
    return new HttpWitnessClient(prefix, new BoundedHttp(timeout));
  }

  @Override
  public Answer ask(WitnessRequest request) {
    try {
      return answer(sent(request));
    } catch (IOException e) {
      return new Answer.Failed(String.valueOf(e.getMessage()));
    } catch (CodedException e) {
      return new Answer.Failed(address + ": the answer is malformed: " + e.problem().reason());
    }
  }

  private BoundedHttp.Answer sent(WitnessRequest request) throws IOException {
    byte[] octets = request.octets();
    try {
      return http.send(post(octets), Note.LARGEST);
    } catch (NoAnswerException e) {
      throw e;
    } catch (IOException e) {
      // A connection that was kept open may just have been let go by the other side. To ask twice
      // is to be cosigned twice, or to be told the other size.
      return http.send(post(octets), Note.LARGEST);
    }
  }

  private HttpRequest.Builder post(byte[] octets) {
    return HttpRequest.newBuilder(address)
        .header("Content-Type", "text/plain; charset=utf-8")
        .POST(HttpRequest.BodyPublishers.ofByteArray(octets));
  }

  private Answer answer(BoundedHttp.Answer answer) {
    return switch (answer.status()) {
      case OK -> new Answer.Cosigned(NoteSignature.parseAll(answer.octets()));
      case CONFLICT -> otherSize(answer);
      default -> failed(answer);
    };
  }

  private Answer otherSize(BoundedHttp.Answer answer) {
    String type = answer.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    String text = new String(answer.octets(), US_ASCII);
    if (!type.equals(WitnessAnswer.SIZE_TYPE) || !text.matches("(0|[1-9][0-9]{0,18})\n")) {
      return failed(answer);
    }
    try {
      return new Answer.OtherSize(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return failed(answer);
    }
  }

  private Answer failed(BoundedHttp.Answer answer) {
    return new Answer.Failed(
        Problem.printable(address.toString())
            + ": status "
            + answer.status()
            + " "
            + answer.quoted());
  }
}
