package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.CompactJws;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NullNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Names;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A detached EAT bundle in JSON as NVIDIA's service answers with: {@code [["JWT",overall],{name:
 * submodule}]}, taken apart and not checked.
 *
 * <p>After RFC 9711 section 5, with two differences that are NVIDIA's: submodules are signed JWTs
 * and no bare claims sets, and their digests are hexadecimal.
 *
 * @param overall the token that names the submodules
 * @param digests the SHA-256 hash of each submodule's JWT as {@code overall} has it, in hexadecimal
 * @param submodules by name
 */
record DetachedEat(
    CompactJws overall,
    SortedMap<String, String> digests,
    SortedMap<String, CompactJws> submodules) {
  /** The most octets: a host of sixteen chips takes a tenth of it. */
  static final int LARGEST = 1 << 19;

  /** How the overall token is called, in its form and in reasons. */
  static final String OVERALL = "JWT";

  private static final int MOST = 64;
  private static final ErrorCode CODE = ErrorCode.MALFORMED_TOKEN;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private static final Pattern BEGINNING =
      Pattern.compile("\\s{0,99}\\[\\s{0,99}\\[\\s{0,99}\"JWT\"");

  private static final int BEGINNING_LENGTH = 512;

  DetachedEat {
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    submodules = Collections.unmodifiableSortedMap(new TreeMap<>(submodules));
  }

  /** Whether octets begin as such a bundle does. */
  static boolean looksLikeOne(byte[] octets) {
    String beginning = new String(octets, 0, Math.min(octets.length, BEGINNING_LENGTH), ISO_8859_1);
    return BEGINNING.matcher(beginning).lookingAt();
  }

  static DetachedEat read(byte[] octets, String source) {
    JsonTree tree = BoundedJson.read(octets, source, JsonLimits.ofOctets(LARGEST));
    if (tree instanceof ArrayNode(List<JsonTree> pair)
        && pair.size() == 2
        && pair.getFirst() instanceof ArrayNode(List<JsonTree> main)
        && main.size() == 2
        && main.getFirst().equals(new TextNode(OVERALL))
        && main.getLast() instanceof TextNode(String overall)
        && pair.getLast() instanceof ObjectNode(SortedMap<String, JsonTree> detached)) {
      CompactJws token = CompactJws.parse(overall, source + ": " + OVERALL, LARGEST, CODE);
      return new DetachedEat(token, digests(token, source), submodules(detached, source));
    }
    throw new CodedException(
        Problem.in(source, CODE, "it is not of the form [[\"JWT\",\"…\"],{\"GPU-0\":\"…\"}]"));
  }

  private static SortedMap<String, String> digests(CompactJws overall, String source) {
    JsonFields claims = JsonFields.of(overall.payload(), source + ": " + OVERALL, CODE);
    SortedMap<String, String> digests = new TreeMap<>();
    claims
        .object("submods")
        .members()
        .forEach((name, value) -> {
          checkName(name, source);
          if (value instanceof ArrayNode(List<JsonTree> tagged)
              && tagged.size() == 2
              && tagged.getFirst().equals(new TextNode("DIGEST"))
              && tagged.getLast() instanceof ArrayNode(List<JsonTree> digest)
              && digest.size() == 2
              && digest.getFirst().equals(new TextNode("SHA-256"))
              && digest.getLast() instanceof TextNode(String hash)
              && DIGEST.matcher(hash).matches()) {
            digests.put(name, hash);
          } else {
            throw claims.refuse(
                "submods/" + name, "it is not [\"DIGEST\",[\"SHA-256\",64 hexadecimal digits]]");
          }
        });
    if (digests.isEmpty() || digests.size() > MOST) {
      throw claims.refuse(
          "submods", "it names " + digests.size() + " submodules, not 1 to " + MOST);
    }
    return digests;
  }

  private static SortedMap<String, CompactJws> submodules(
      SortedMap<String, JsonTree> detached, String source) {
    if (detached.size() > MOST) {
      throw new CodedException(
          Problem.in(source, CODE, "it brings more than " + MOST + " submodules"));
    }
    SortedMap<String, CompactJws> submodules = new TreeMap<>();
    for (Map.Entry<String, JsonTree> each : detached.entrySet()) {
      checkName(each.getKey(), source);
      if (!(each.getValue() instanceof TextNode(String text))) {
        throw new CodedException(
            new Problem(CODE, source, 0, "/1/" + each.getKey(), "it is not a text"));
      }
      submodules.put(
          each.getKey(), CompactJws.parse(text, place(source, each.getKey()), LARGEST, CODE));
    }
    return submodules;
  }

  private static void checkName(String name, String source) {
    try {
      Names.check("name", name);
    } catch (IllegalArgumentException e) {
      throw new CodedException(
          Problem.in(source, CODE, "the name of a submodule: " + e.getMessage()), e);
    }
  }

  /** A part as messages name it; its name is a stranger's. */
  private static String place(String source, String name) {
    return source + ": " + Problem.printable(name);
  }

  /** What it says. */
  EatToken token(String source) {
    JsonFields fields = JsonFields.of(overall.payload(), source + ": " + OVERALL, CODE);
    SortedMap<String, ChipClaims> chips = new TreeMap<>();
    submodules.forEach((name, jws) ->
        chips.put(
            name,
            ChipClaims.read(
                jws.payload(), JsonFields.of(jws.payload(), place(source, name), CODE))));
    return new EatToken(
        TokenClaims.read(fields),
        isTold("x-nvidia-overall-att-result") ? fields.truth("x-nvidia-overall-att-result") : null,
        isTold("x-nvidia-ver") ? fields.text("x-nvidia-ver") : null,
        chips);
  }

  private boolean isTold(String name) {
    return overall.payload().get(name).filter(value -> !(value instanceof NullNode)).isPresent();
  }
}
