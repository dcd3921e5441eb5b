package dev.holdfast.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Names;
import dev.holdfast.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a host says of the chips in it: what one of them signed, or its inventory. Here it is in the
 * envelope's own terms; what the octets and the object mean, the readers of evidence and
 * inventories know.
 */
public sealed interface HostWord extends CertifiedWord {
  /**
   * A chip's own signed report, carried by its host.
   *
   * @param challenge what the server had made public when the chip was asked, 16 to 64 octets
   * @param session the id of the host's session that the nonce names
   * @param report the question and the chip's signed answer
   * @param chain the chip's certificates, in PEM
   * @param took for how long the chip signed, by the host's clock and word; null where it says none
   */
  record Evidence(
      IdentityCertificate certificate,
      Instant at,
      byte[] challenge,
      String session,
      byte[] report,
      byte[] chain,
      @Nullable Duration took)
      implements HostWord {
    /** The type of the statement. */
    public static final StatementType TYPE = StatementType.ofHoldfast("chip-evidence", 1);

    /** The most octets of a report, so that all fits into one envelope. */
    public static final int LONGEST_REPORT = 12_288;

    /** The most octets of a chain. */
    public static final int LONGEST_CHAIN = 16_384;

    private static final int LONGEST_SIGNING = 600_000;

    public Evidence {
      requireNonNull(certificate, "certificate");
      requireNonNull(at, "at");
      Names.check("session", session);
      if (challenge.length < 16 || challenge.length > 64) {
        throw new IllegalArgumentException("a challenge has 16 to 64 octets");
      }
      if (report.length == 0 || report.length > LONGEST_REPORT) {
        throw new IllegalArgumentException("a report has 1 to " + LONGEST_REPORT + " octets");
      }
      if (chain.length == 0 || chain.length > LONGEST_CHAIN) {
        throw new IllegalArgumentException("a chain has 1 to " + LONGEST_CHAIN + " octets");
      }
    }

    @Override
    public Content content() {
      TreeMap<String, JsonTree> members = new TreeMap<>();
      members.put("certificate", base64(certificate.der()));
      members.put("challenge", new TextNode(HexFormat.of().formatHex(challenge)));
      members.put("session", new TextNode(session));
      members.put("report", base64(report));
      members.put("chain", new TextNode(new String(chain, US_ASCII)));
      if (took != null) {
        members.put("signingMillis", new NumberNode(took.toMillis()));
      }
      return new Content.Inline(ObjectNode.of(members));
    }

    private static Evidence read(JsonFields fields, IdentityCertificate certificate, Instant at) {
      byte[] challenge = fields.value("challenge", HexFormat.of()::parseHex);
      String session = fields.text("session");
      byte[] report = fields.value("report", Base64.getDecoder()::decode);
      byte[] chain = fields.text("chain").getBytes(US_ASCII);
      Duration took =
          fields.has("signingMillis")
              ? Duration.ofMillis(fields.whole("signingMillis", LONGEST_SIGNING))
              : null;
      fields.requireNothingElse();
      return fields.made(
          "report", () -> new Evidence(certificate, at, challenge, session, report, chain, took));
    }
  }

  /**
   * What the host says is in it.
   *
   * @param inventory in its JSON form
   */
  record Inventory(IdentityCertificate certificate, Instant at, ObjectNode inventory)
      implements HostWord {
    /** The type of the statement. */
    public static final StatementType TYPE = StatementType.ofHoldfast("inventory", 1);

    public Inventory {
      requireNonNull(certificate, "certificate");
      requireNonNull(at, "at");
      requireNonNull(inventory, "inventory");
    }

    @Override
    public Content content() {
      return new Content.Inline(
          ObjectNode.of(Map.of("certificate", base64(certificate.der()), "inventory", inventory)));
    }

    private static Inventory read(JsonFields fields, IdentityCertificate certificate, Instant at) {
      ObjectNode inventory = fields.object("inventory");
      fields.requireNothingElse();
      return new Inventory(certificate, at, inventory);
    }
  }

  /** What the statement says. */
  Content content();

  @Override
  default Role role() {
    return Role.HOST;
  }

  /** Whether a statement is one of a host about its chips, by its type. */
  static boolean isIn(Statement statement) {
    return statement.type().equals(Evidence.TYPE) || statement.type().equals(Inventory.TYPE);
  }

  /**
   * Reads a statement and checks its signature.
   *
   * @param statement the payload of the envelope, as it was read
   * @param source the name of the octets for messages
   * @param certificates remembers certificates that were read before
   * @throws CodedException MALFORMED_STATEMENT where it is about no chips, malformed, or not signed
   *     by the key that it certifies
   */
  static HostWord read(
      Envelope envelope, Statement statement, String source, CertificateMemory certificates) {
    if (!isIn(statement) || !(statement.content() instanceof Content.Inline(ObjectNode object))) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.MALFORMED_STATEMENT,
              "it is a statement of type " + statement.type() + ", or names a blob"));
    }
    JsonFields fields = JsonFields.of(object, source, ErrorCode.MALFORMED_STATEMENT);
    IdentityCertificate certificate =
        certificates.parse(fields.value("certificate", Base64.getDecoder()::decode), source);
    HostWord word =
        statement.type().equals(Evidence.TYPE)
            ? Evidence.read(fields, certificate, statement.time())
            : Inventory.read(fields, certificate, statement.time());
    certificate.requireSigned(envelope, statement, source);
    return word;
  }

  private static TextNode base64(byte[] octets) {
    return new TextNode(Base64.getEncoder().encodeToString(octets));
  }
}
