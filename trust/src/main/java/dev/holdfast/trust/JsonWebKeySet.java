package dev.holdfast.trust;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Public keys as JWK and as sets of them (RFC 7517, RFC 7518 section 6.2, RFC 8037 section 2).
 *
 * <p>While keys are changed a set holds the old one and the new one; a token names its key by id.
 */
public final class JsonWebKeySet {
  /** The most octets of a set. */
  public static final int LARGEST = 1 << 16;

  private static final int MOST_KEYS = 64;
  private static final int COORDINATE = 32;

  private JsonWebKeySet() {}

  /** A key in the members that it takes (RFC 7638 section 3.2) and no others. */
  public static ObjectNode write(StatementKey key) {
    byte[] spki = key.spki();
    int end = spki.length;
    Map<String, JsonTree> members = new TreeMap<>();
    switch (key.kind()) {
      case ECDSA_P256 -> {
        members.put("kty", new TextNode("EC"));
        members.put("crv", new TextNode("P-256"));
        members.put("x", coordinate(spki, end - 2 * COORDINATE));
        members.put("y", coordinate(spki, end - COORDINATE));
      }
      case ED25519 -> {
        members.put("kty", new TextNode("OKP"));
        members.put("crv", new TextNode("Ed25519"));
        members.put("x", coordinate(spki, end - COORDINATE));
      }
    }
    return ObjectNode.of(members);
  }

  private static TextNode coordinate(byte[] spki, int from) {
    return new TextNode(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Arrays.copyOfRange(spki, from, from + COORDINATE)));
  }

  /** A set of keys that sign, each with its id. */
  public static ObjectNode write(Collection<StatementKey> keys) {
    List<JsonTree> items = new ArrayList<>();
    for (StatementKey key : keys) {
      Map<String, JsonTree> members = new TreeMap<>(write(key).members());
      members.put("kid", new TextNode(key.id().hex()));
      members.put("use", new TextNode("sig"));
      members.put("alg", new TextNode(EarMaker.algorithm(key.kind()).getName()));
      items.add(ObjectNode.of(members));
    }
    return ObjectNode.of(Map.of("keys", new ArrayNode(items)));
  }

  /**
   * Reads a set. Keys of other kinds, or for other uses, are passed over, as the RFC wants.
   *
   * @throws CodedException {@link ErrorCode#MALFORMED_KEY_SET} where it is none, holds a private
   *     key, no key that fits, or one under another id than its own; as {@link
   *     dev.holdfast.base.BoundedJson} where it is no JSON
   */
  public static KeyRing read(byte[] octets, String source) {
    JsonFields set = JsonFields.read(octets, source, LARGEST, ErrorCode.MALFORMED_KEY_SET);
    List<StatementKey> keys = new ArrayList<>();
    for (JsonFields item : set.items("keys", MOST_KEYS)) {
      if (item.has("use") && !item.text("use").equals("sig")) {
        continue;
      }
      Optional<StatementKey> key = key(item);
      if (key.isEmpty()) {
        continue;
      }
      if (item.has("kid") && !item.text("kid").equals(key.get().id().hex())) {
        throw item.refuse("kid", "the key has another id: " + key.get().id());
      }
      keys.add(key.get());
    }
    if (keys.isEmpty()) {
      throw set.refuse("keys", "it holds no Ed25519 or P-256 key for signatures");
    }
    return KeyRing.of(keys);
  }

  /** The key that a JWK is; empty where it is of another kind. */
  static Optional<StatementKey> key(JsonFields fields) {
    String kind = fields.text("kty") + " " + (fields.has("crv") ? fields.text("crv") : "");
    return switch (kind) {
      case "OKP Ed25519" -> Optional.of(key(fields, KeyKind.ED25519, "x"));
      case "EC P-256" -> Optional.of(key(fields, KeyKind.ECDSA_P256, "x", "y"));
      default -> Optional.empty();
    };
  }

  private static StatementKey key(JsonFields fields, KeyKind kind, String... coordinates) {
    if (fields.has("d")) {
      throw fields.refuse("d", "it is a private key, which nobody should be shown");
    }
    byte[] point = new byte[coordinates.length * COORDINATE];
    for (int i = 0; i < coordinates.length; i++) {
      byte[] octets = fields.value(coordinates[i], Base64.getUrlDecoder()::decode);
      if (octets.length != COORDINATE) {
        throw fields.refuse(coordinates[i], "it is not 32 octets in base64url");
      }
      System.arraycopy(octets, 0, point, i * COORDINATE, COORDINATE);
    }
    try {
      return StatementKey.parse(kind.spki(point));
    } catch (CodedException e) {
      throw fields.refuse("x", e.problem().reason());
    }
  }
}
