package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.SourceId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A fact as its source states it: the payload of an {@link Envelope}.
 *
 * <p>Its octets are canonical JSON (RFC 8785) of an object with {@code source}, {@code sequence},
 * {@code previous} (not in the first), {@code type}, {@code key}, {@code time} and either {@code
 * content} or {@code blob}; nothing else. The id of the key is inside, so that nobody can show the
 * statement under another key for which the signature happens to fit.
 *
 * @param source who says it
 * @param sequence the source's own number, from 1 without gaps, so that the number of the last one
 *     is also how many there are; at most {@link #LAST_SEQUENCE}, which every JSON reader holds
 * @param previous the {@link #hash} of the source's statement before this one; null in the first
 * @param type what kind of statement it is
 * @param key the id of the key that signs it
 * @param time when the source says that it made it, in whole milliseconds, years 1970 to 9999; a
 *     claim of the source's clock, which whoever takes the statement in compares with its own
 * @param content what it says
 */
public record Statement(
    SourceId source,
    long sequence,
    @Nullable Sha256 previous,
    StatementType type,
    KeyId key,
    Instant time,
    Content content) {

  /** The greatest sequence number: 2<sup>53</sup> - 1. */
  public static final long LAST_SEQUENCE = (1L << 53) - 1;

  /** The most octets of a statement that goes into an envelope: 45 KiB. */
  public static final int LONGEST = 46_080;

  public Statement {
    requireNonNull(type, "type");
    requireNonNull(key, "key");
    requireNonNull(content, "content");
    if (!JsonTree.isWellFormed(source.value())) {
      throw new IllegalArgumentException("the source holds half a surrogate pair");
    }
    if (sequence < 1 || sequence > LAST_SEQUENCE) {
      throw new IllegalArgumentException("a sequence number is 1 to 2^53 - 1, not " + sequence);
    }
    if ((sequence == 1) != (previous == null)) {
      throw new IllegalArgumentException(
          "every statement but the first names the hash of the one before");
    }
    StatementTime.check(time);
  }

  /**
   * Reads the octets of a statement.
   *
   * @param source the name of the octets for messages
   * @throws CodedException {@link ErrorCode#MALFORMED_STATEMENT}, or {@link
   *     ErrorCode#MALFORMED_JSON} or {@link ErrorCode#INPUT_TOO_LARGE}, where they are not the
   *     canonical form of a statement of at most {@value #LONGEST} octets
   */
  public static Statement parse(byte[] octets, String source) {
    Statement statement = read(octets, source);
    if (!Arrays.equals(octets, statement.octets())) {
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_STATEMENT, "it is not in canonical form"));
    }
    return statement;
  }

  /** Reads a statement in whatever spelling. */
  static Statement read(byte[] octets, String source) {
    JsonFields fields = JsonFields.read(octets, source, LONGEST, ErrorCode.MALFORMED_STATEMENT);
    SourceId who = fields.value("source", SourceId::new);
    long sequence = fields.whole("sequence");
    Sha256 previous = fields.has("previous") ? fields.value("previous", Sha256::new) : null;
    StatementType type = fields.value("type", StatementType::new);
    KeyId key = fields.value("key", KeyId::new);
    Instant time = fields.value("time", StatementTime::parse);
    if (fields.has("content") == fields.has("blob")) {
      throw fields.refuse("content", "there must be either content or blob");
    }
    Content content;
    if (fields.has("content")) {
      content = new Content.Inline(fields.object("content"));
    } else {
      content = new Content.Blob(blob(fields.fields("blob")));
    }
    fields.requireNothingElse();
    return fields.made(
        "sequence", () -> new Statement(who, sequence, previous, type, key, time, content));
  }

  private static BlobReference blob(JsonFields fields) {
    Sha256 sha256 = fields.value("sha256", Sha256::new);
    long size = fields.whole("size");
    String mediaType = fields.text("mediaType");
    fields.requireNothingElse();
    return fields.made("mediaType", () -> new BlobReference(sha256, size, mediaType));
  }

  /** The canonical form. */
  public byte[] octets() {
    Map<String, JsonTree> members = new TreeMap<>();
    members.put("source", new TextNode(source.value()));
    members.put("sequence", new NumberNode(sequence));
    if (previous != null) {
      members.put("previous", new TextNode(previous.hex()));
    }
    members.put("type", new TextNode(type.uri()));
    members.put("key", new TextNode(key.hex()));
    members.put("time", new TextNode(StatementTime.print(time)));
    switch (content) {
      case Content.Inline inline -> members.put("content", inline.object());
      case Content.Blob blob ->
          members.put(
              "blob",
              ObjectNode.of(
                  Map.of(
                      "mediaType", new TextNode(blob.reference().mediaType()),
                      "sha256", new TextNode(blob.reference().sha256().hex()),
                      "size", new NumberNode(blob.reference().size()))));
    }
    return CanonicalJson.octets(ObjectNode.of(members));
  }

  /**
   * What names the statement: SHA-256 over what is signed (DSSE's pre-authentication encoding of
   * payload type and payload), so the signature is no part of it.
   *
   * <p>ECDSA gives another signature each time a message is signed, so a hash over the envelope
   * would change when a source signs the same statement again after a crash, and an honest source
   * would look like one that says two things under one number.
   */
  public Sha256 hash() {
    return Sha256.of(Envelope.signedOctets(octets()));
  }
}
