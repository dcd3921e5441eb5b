package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A server's word that time has passed. What stands between two ticks of a log was taken in between
 * their times.
 *
 * @param at the time of the statement itself
 * @param challenge in hexadecimal digits, what nobody could foretell, for evidence that is made
 *     from now on; nothing in ticks that were made before there were any
 */
public record Tick(Instant at, Optional<String> challenge) {
  /** The type of the statement. */
  public static final StatementType TYPE = StatementType.ofHoldfast("tick", 1);

  /** The octets of a challenge. */
  public static final int CHALLENGE = 32;

  public Tick {
    requireNonNull(at, "at");
    requireNonNull(challenge, "challenge");
  }

  /** What a tick says. */
  public static Content content(byte[] challenge) {
    return new Content.Inline(
        ObjectNode.of(Map.of("challenge", new TextNode(HexFormat.of().formatHex(challenge)))));
  }

  /**
   * Reads a tick; who signed it was checked.
   *
   * @param source the name of the octets for messages
   * @throws CodedException MALFORMED_STATEMENT
   */
  public static Tick read(Statement statement, String source) {
    if (!statement.type().equals(TYPE)
        || !(statement.content() instanceof Content.Inline(ObjectNode object))) {
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_STATEMENT, "it is no tick, or names a blob"));
    }
    JsonFields fields = JsonFields.of(object, source, ErrorCode.MALFORMED_STATEMENT);
    return new Tick(
        statement.time(),
        fields.has("challenge")
            ? Optional.of(fields.value("challenge", Tick::digits))
            : Optional.empty());
  }

  /** The digits in one spelling. */
  private static String digits(String text) {
    return HexFormat.of().formatHex(HexFormat.of().parseHex(text));
  }
}
