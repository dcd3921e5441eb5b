package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.attest.DeviceRevocations;
import dev.holdfast.attest.DeviceRoots;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.Problem;
import dev.holdfast.base.YamlTree;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.model.OperatorId;
import dev.holdfast.trust.AuthorityCertificate;
import dev.holdfast.trust.CertificateVerifier;
import dev.holdfast.trust.RevocationList;
import dev.holdfast.trust.StatementKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads trust files. */
final class TrustReader {
  private static final int MOST = 1000;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

  private final JsonFields fields;
  private final String source;

  private TrustReader(JsonFields fields, String source) {
    this.fields = fields;
    this.source = source;
  }

  static BundleTrust read(byte[] octets, String source) {
    if (octets.length > BundleTrust.LARGEST) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.INPUT_TOO_LARGE,
              "it has more than " + BundleTrust.LARGEST + " octets"));
    }
    JsonFields fields =
        JsonFields.of(
            YamlTree.read(octets, BundleTrust.LARGEST, source, ErrorCode.MALFORMED_TRUST_FILE),
            source,
            ErrorCode.MALFORMED_TRUST_FILE);
    TrustReader reader = new TrustReader(fields, source);
    BundleTrust trust =
        new BundleTrust(
            new EvidenceTrust(
                reader.certificates(),
                reader.operators(),
                reader.declarers(),
                EvidenceTrust.devices(reader.deviceRoots(), reader.deviceRevocations())),
            reader.policy());
    fields.requireNothingElse();
    return trust;
  }

  private CertificateVerifier certificates() {
    List<AuthorityCertificate> authorities = new ArrayList<>();
    each(
        "authorities",
        text -> {
          for (byte[] der : parts(text, "CERTIFICATE")) {
            authorities.add(AuthorityCertificate.parse(der, source));
          }
        });
    if (authorities.isEmpty()) {
      throw fields.refuse("authorities", "it names no authority");
    }
    Map<AuthorityCertificate, RevocationList> lists = new HashMap<>();
    if (fields.has("revocations")) {
      each(
          "revocations",
          text -> {
            for (byte[] der : parts(text, "X509 CRL")) {
              RevocationList.Issued issued = issued(der, authorities);
              lists.merge(issued.authority(), issued.list(), RevocationList::orNewer);
            }
          });
    }
    return new CertificateVerifier(authorities, lists);
  }

  private RevocationList.Issued issued(byte[] der, List<AuthorityCertificate> authorities) {
    try {
      return RevocationList.parse(der, authorities, source);
    } catch (CodedException e) {
      throw new IllegalArgumentException("it is no list that one of the authorities signed", e);
    }
  }

  private Policy policy() {
    List<Policy.LogKey> logs = new ArrayList<>();
    if (fields.has("logs")) {
      each("logs", vkey -> logs.add(new Policy.LogKey(VerifierKey.parse(vkey), null)));
    }
    if (!fields.has("policy")) {
      if (logs.isEmpty()) {
        throw fields.refuse("logs", "neither logs nor policy says which log is believed");
      }
      return fields.made("logs", () -> new Policy(logs, List.of(), List.of(), Policy.NONE));
    }
    String text = fields.text("policy");
    Policy stated =
        recoded("policy", () -> Policy.parse(opaque(text).getBytes(ISO_8859_1), source));
    for (Policy.LogKey log : stated.logs()) {
      if (logs.stream().noneMatch(known -> known.key().hasSamePublicKeyAs(log.key()))) {
        logs.add(log);
      }
    }
    if (logs.isEmpty()) {
      throw fields.refuse("policy", "neither logs nor policy says which log is believed");
    }
    return fields.made(
        "policy", () -> new Policy(logs, stated.witnesses(), stated.groups(), stated.quorum()));
  }

  /** A policy's octets, one character an octet. */
  private static String opaque(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private Set<OperatorId> operators() {
    Set<OperatorId> operators = new HashSet<>();
    if (fields.has("operators")) {
      each("operators", name -> operators.add(new OperatorId(name)));
      if (operators.isEmpty()) {
        throw fields.refuse("operators", "it accepts nobody; leave it out to accept everybody");
      }
    }
    return operators;
  }

  private List<StatementKey> declarers() {
    List<StatementKey> declarers = new ArrayList<>();
    if (fields.has("declarers")) {
      each("declarers", text -> declarers.add(StatementKey.parse(base64(text))));
    }
    return declarers;
  }

  /** Whose chips count: NVIDIA's where nothing is said. */
  private DeviceRoots deviceRoots() {
    if (!fields.has("device-roots")) {
      return DeviceRoots.ofNvidia();
    }
    List<DeviceRoots> roots = new ArrayList<>();
    each(
        "device-roots",
        text -> {
          for (byte[] der : parts(text, "CERTIFICATE")) {
            roots.add(DeviceRoots.parse(pem(der), source));
          }
        });
    return roots.stream()
        .reduce(DeviceRoots::and)
        .orElseThrow(() -> fields.refuse("device-roots", "it trusts no manufacturer"));
  }

  private DeviceRevocations deviceRevocations() {
    List<DeviceRevocations> lists = new ArrayList<>();
    if (fields.has("device-revocations")) {
      each(
          "device-revocations",
          text -> {
            for (byte[] der : parts(text, "X509 CRL")) {
              lists.add(DeviceRevocations.parse(der, source));
            }
          });
    }
    return lists.stream().reduce(DeviceRevocations.NONE, DeviceRevocations::and);
  }

  private static byte[] pem(byte[] der) {
    return ("-----BEGIN CERTIFICATE-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE-----\n")
        .getBytes(US_ASCII);
  }

  /** Hands each text of a list to a reader, whose refusals are told as those of the item. */
  private void each(String name, Consumer<String> reader) {
    List<String> texts = fields.texts(name, MOST);
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      recoded(
          name + "/" + i,
          () -> {
            reader.accept(text);
            return text;
          });
    }
  }

  private <T> T recoded(String name, Supplier<T> reader) {
    try {
      return fields.made(name, reader);
    } catch (CodedException e) {
      throw e.problem().code() == ErrorCode.MALFORMED_TRUST_FILE
          ? e
          : fields.refuse(name, e.problem().reason());
    }
  }

  /** The octets of a text: base64, or PEM with one part or more (RFC 7468). */
  private static List<byte[]> parts(String text, String label) {
    if (!text.contains("-----BEGIN ")) {
      return List.of(base64(text));
    }
    List<byte[]> parts =
        PEM.matcher(text)
            .results()
            .filter(part -> part.group(1).equals(label))
            .map(part -> base64(part.group(2)))
            .toList();
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("it holds no " + label);
    }
    return parts;
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is neither base64 nor PEM", e);
    }
  }
}
