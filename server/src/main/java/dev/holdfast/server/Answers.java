package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCategory;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Sha256;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of answers and bodies: JSON with its tag, problems (RFC 9457), bounded bodies. */
final class Answers {
  static final String JSON = "application/json";
  static final String SVG = "image/svg+xml";
  static final String PROBLEM = "application/problem+json";

  private Answers() {}

  static void json(Context context, Object body) {
    tagged(context, JSON, StateJson.mapper().writeValueAsBytes(body));
  }

  static void json(Context context, ObjectNode body) {
    tagged(context, JSON, CanonicalJson.octets(body));
  }

  static void svg(Context context, String document) {
    // Opened by itself it may style itself and do nothing else.
    context.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    tagged(context, SVG, document.getBytes(UTF_8));
  }

  private static void tagged(Context context, String type, byte[] octets) {
    String tag = '"' + Sha256.of(octets).hex().substring(0, 32) + '"';
    context.header("ETag", tag).header("Cache-Control", "private, no-cache");
    context.header("Vary", "Accept-Language, Authorization");
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(type).result(octets);
    }
  }

  static void list(Context context, Pager.Page page) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("items", page.items());
    body.put("next", page.next());
    json(context, body);
  }

  /** A list that is one page. */
  static void list(Context context, List<Object> items) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("items", items);
    body.put("next", null);
    json(context, body);
  }

  static Map<String, @Nullable Object> problemJson(Problem problem) {
    JsonBody body =
        new JsonBody()
            .put("type", "about:blank")
            .put("title", problem.code().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .put("status", status(problem))
            .put("detail", Problem.printable(problem.reason()))
            .put("code", problem.code().code());
    if (problem.field() != null) {
      body.put("field", problem.field());
    }
    return body.fields();
  }

  private static int status(Problem problem) {
    return switch (problem.code()) {
      case NOT_SIGNED_IN -> 401;
      case NOT_ALLOWED -> 403;
      case NOT_THERE, NOT_PUBLISHED -> 404;
      case INPUT_TOO_LARGE -> 413;
      case TOO_BUSY -> 429;
      case LOG_STOPPED -> 503;
      default -> problem.code().category() == ErrorCategory.USER ? 400 : 500;
    };
  }

  static void problem(Context context, Problem problem) {
    int status = status(problem);
    if (status == 429 || status == 503) {
      context.header("Retry-After", "1");
    }
    context
        .status(status)
        .result(StateJson.mapper().writeValueAsBytes(problemJson(problem)))
        .contentType(PROBLEM);
  }

  static byte[] body(Context context, int most) throws IOException {
    try (InputStream in = context.bodyInputStream()) {
      byte[] octets = in.readNBytes(most + 1);
      if (octets.length > most) {
        throw new CodedException(
            Problem.of(ErrorCode.INPUT_TOO_LARGE, "a body has at most " + most + " octets here"));
      }
      return octets;
    }
  }

  static JsonFields fields(Context context) throws IOException {
    return JsonFields.read(body(context, 1 << 16), "body", 1 << 16, ErrorCode.BAD_PARAMETER);
  }

  static long number(Context context, String name) {
    try {
      return Long.parseLong(context.pathParam(name));
    } catch (NumberFormatException e) {
      throw new CodedException(
          new Problem(ErrorCode.BAD_PARAMETER, null, 0, name, "it is not a number"), e);
    }
  }
}
