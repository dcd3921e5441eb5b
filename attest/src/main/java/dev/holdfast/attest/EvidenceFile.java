package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.Problem;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file in which tools keep evidence: a list of {@code {arch, certificate, evidence, nonce}} as
 * NVIDIA's attestation SDK writes it, a request to its remote attestation service ({@code
 * evidence_list}), an attestation of its Fleet Intelligence agent ({@code
 * attestationData.sdkResponse.evidences}), one report in hexadecimal digits or plain octets, or a
 * chain of certificates in PEM.
 */
public sealed interface EvidenceFile {
  /** The most octets of a file: some 300 chips. */
  int LONGEST = 8 << 20;

  /** The most pieces of evidence in a file. */
  int MOST = 512;

  /**
   * One report with its chain.
   *
   * @param chain in PEM
   * @param nonce that the file says it answers; the file's word; null where it says none
   */
  record Piece(byte[] report, byte[] chain, byte @Nullable [] nonce) {
    public Piece {
      requireNonNull(report, "report");
      requireNonNull(chain, "chain");
    }
  }

  /** Evidence, in the order of the file. */
  record Evidence(List<Piece> pieces) implements EvidenceFile {
    public Evidence {
      pieces = List.copyOf(pieces);
    }
  }

  /** A report that comes without its chain. */
  record Report(byte[] octets) implements EvidenceFile {
    public Report {
      requireNonNull(octets, "octets");
    }
  }

  /** A chain alone, for reports that come without one. */
  record Chain(byte[] pem) implements EvidenceFile {
    public Chain {
      requireNonNull(pem, "pem");
    }
  }

  /**
   * Reads a file of whatever of these forms.
   *
   * @throws CodedException MALFORMED_EVIDENCE with the field, or INPUT_TOO_LARGE
   */
  static EvidenceFile read(byte[] octets, String source) {
    if (octets.length > LONGEST) {
      throw new CodedException(
          Problem.in(source, ErrorCode.INPUT_TOO_LARGE, "it has more than " + LONGEST + " octets"));
    }
    if (octets.length > 1 && octets[0] == 0x11 && octets[1] == (byte) 0xE0) {
      return new Report(octets);
    }
    String text = new String(octets, US_ASCII).strip();
    if (text.startsWith("-----BEGIN CERTIFICATE-----")) {
      return new Chain(octets);
    }
    if (Forms.HEX.matcher(text).matches()) {
      return hexadecimal(text.replaceAll("\\s", ""), source);
    }
    if (!text.startsWith("[") && !text.startsWith("{")) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.MALFORMED_EVIDENCE,
              "it is no list of evidence in JSON, no report in hexadecimal digits and no chain in"
                  + " PEM"));
    }
    return new Evidence(Forms.pieces(octets, source));
  }

  private static Report hexadecimal(String digits, String source) {
    try {
      return new Report(HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException e) {
      throw new CodedException(
          Problem.in(source, ErrorCode.MALFORMED_EVIDENCE, "it has half an octet"), e);
    }
  }

  /** The forms in JSON. */
  final class Forms {
    private static final Pattern HEX = Pattern.compile("(?i)11e0[0-9a-f\\s]+");

    private static final ObjectNode NOTHING = ObjectNode.of(Map.of());

    private Forms() {}

    private static List<Piece> pieces(byte[] octets, String source) {
      JsonTree tree = BoundedJson.read(octets, source, JsonLimits.ofOctets(LONGEST));
      if (tree instanceof ArrayNode list) {
        return pieces(fields(ObjectNode.of(Map.of("pieces", list)), source), "pieces", null);
      }
      JsonFields fields = fields(tree instanceof ObjectNode object ? object : NOTHING, source);
      if (fields.has("evidence_list")) {
        byte[] nonce = fields.has("nonce") ? fields.value("nonce", Forms::hex) : null;
        return pieces(fields, "evidence_list", nonce);
      }
      if (fields.has("attestationData")) {
        JsonFields data = fields.fields("attestationData").fields("sdkResponse");
        return data.has("evidences") ? pieces(data, "evidences", null) : List.of();
      }
      if (!fields.has("evidence")) {
        throw new CodedException(
            Problem.in(
                source,
                ErrorCode.MALFORMED_EVIDENCE,
                "it is JSON, but holds no evidence of chips"));
      }
      return List.of(piece(fields, null));
    }

    private static JsonFields fields(ObjectNode object, String source) {
      return JsonFields.of(object, source, ErrorCode.MALFORMED_EVIDENCE);
    }

    private static List<Piece> pieces(JsonFields fields, String name, byte @Nullable [] nonce) {
      return fields.items(name, MOST).stream().map(each -> piece(each, nonce)).toList();
    }

    private static Piece piece(JsonFields fields, byte @Nullable [] nonce) {
      return new Piece(
          fields.value("evidence", Base64.getDecoder()::decode),
          fields.value("certificate", Base64.getDecoder()::decode),
          fields.has("nonce") ? fields.value("nonce", Forms::hex) : nonce);
    }

    private static byte[] hex(String digits) {
      return HexFormat.of().parseHex(digits.startsWith("0x") ? digits.substring(2) : digits);
    }
  }
}
