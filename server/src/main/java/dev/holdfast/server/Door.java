package dev.holdfast.server;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import io.javalin.http.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who may ask, and what they may read. */
final class Door {
  private static final String TOKEN = "token";

  private final HoldfastServer server;

  Door(HoldfastServer server) {
    this.server = server;
  }

  interface Permission {
    boolean of(Role role);
  }

  /** The token of a request, where its role may. */
  Tokens.Token require(Context context, Permission permission) {
    Tokens.Token known = context.attribute(TOKEN);
    Tokens.Token token = known == null ? signedIn(context) : known;
    if (!permission.of(token.is())) {
      throw new CodedException(
          Problem.of(
              ErrorCode.NOT_ALLOWED, "a token of role " + token.role() + " may not do this"));
    }
    return token;
  }

  private Tokens.Token signedIn(Context context) {
    String header = context.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      context.header("WWW-Authenticate", "Bearer");
      throw new CodedException(
          Problem.of(ErrorCode.NOT_SIGNED_IN, "it needs Authorization: Bearer TOKEN"));
    }
    Tokens.Token token =
        server
            .tokens()
            .find(header.substring(7).strip())
            .orElseThrow(() -> {
              context.header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
              return new CodedException(
                  Problem.of(ErrorCode.NOT_SIGNED_IN, "this server knows no such token"));
            });
    context.attribute(TOKEN, token);
    return token;
  }

  /** The question of somebody who may read. */
  Asked asked(Context context) {
    Tokens.Token token = require(context, Role::mayRead);
    return new Asked(
        context::queryParam,
        MessageCatalogue.in(language(context.header("Accept-Language"))),
        token.is().mayReadAll() ? null : server.history().disclosedTo(token.name()),
        server.clock().instant());
  }

  /** The language of the header that is wished for most and has a catalogue, else English. */
  static Locale language(@Nullable String header) {
    try {
      for (Locale.LanguageRange each :
          Locale.LanguageRange.parse(header == null || header.isBlank() ? "en" : header)) {
        String wished = each.getRange().split("-", 2)[0];
        for (Locale known : MessageCatalogue.LANGUAGES) {
          if (each.getWeight() > 0 && known.getLanguage().equals(wished)) {
            return known;
          }
        }
      }
    } catch (IllegalArgumentException e) {
      // Not a header that names languages.
      return Locale.ENGLISH;
    }
    return Locale.ENGLISH;
  }
}
