package dev.holdfast.trust;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.SourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Makes the frozen test vectors of statements, the same on every run: secrets are hashes of names,
 * Ed25519 needs no chance, and ECDSA takes its nonces from the message (RFC 6979).
 *
 * <p>Every file holds JSON objects, one a line. {@code keys.jsonl}: {@code name}, {@code expect}
 * ({@code valid} or {@code malformed-key}), {@code spki} (base64), {@code keyid}, {@code secret}.
 * {@code statements.jsonl}: {@code name}, {@code expect} (as {@link #outcome} words it), {@code
 * envelope} (the text), {@code hash} of the statement where it is valid; {@code alsoRight} is the
 * outcome of a reader whose JSON parser is less strict than ours. {@code successions.jsonl}: {@code
 * name}, {@code expect}, {@code before} and {@code now} (texts of envelopes).
 *
 * <p>To make them anew, run {@link #main} with the folder as argument.
 */
final class Vectors {
  static final FixedKey EDWARDS = FixedKey.ed25519("holdfast test vector edwards");
  static final FixedKey NIST = FixedKey.p256("holdfast test vector nist");
  private static final FixedKey STRANGER = FixedKey.ed25519("holdfast test vector stranger");
  private static final Instant TIME = Instant.parse("2026-01-31T08:00:00.125Z");
  private static final SourceId SOURCE = new SourceId("landmark tokyo-1");
  private static final SourceId OTHER_SOURCE = new SourceId("検査官 Ünal 😀");

  private final List<String> lines = new ArrayList<>();

  private Vectors() {}

  /** Writes the files into a folder. */
  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<String, List<String>> file : files().entrySet()) {
      Files.writeString(
          Path.of(arguments[0]).resolve(file.getKey()), String.join("\n", file.getValue()) + "\n");
    }
  }

  /** The lines of every file, by its name. */
  static Map<String, List<String>> files() {
    Map<String, List<String>> files = new LinkedHashMap<>();
    files.put("keys.jsonl", keys());
    files.put("statements.jsonl", statements());
    files.put("successions.jsonl", successions());
    return files;
  }

  /** How vectors word the outcome of a check. */
  static String outcome(StatementCheck check) {
    return switch (check) {
      case StatementCheck.Valid valid -> "valid";
      case StatementCheck.Malformed bad -> "malformed-" + word(bad.part());
      case StatementCheck.NotCanonical bad -> word(bad.part()) + "-not-canonical";
      case StatementCheck.UnknownKey bad -> "unknown-key";
      case StatementCheck.SecondSpelling bad -> "second-spelling";
      case StatementCheck.WrongSignature bad -> "wrong-signature";
      case StatementCheck.KeyMismatch bad -> "key-mismatch";
    };
  }

  /** How vectors word the outcome of laying two statements beside each other. */
  static String outcome(Succession succession) {
    return switch (succession) {
      case Succession.Follows next -> "follows";
      case Succession.Repeats same -> "repeats";
      case Succession.Gap gap -> "gap";
      case Succession.Equivocation two -> "equivocation";
      case Succession.Fork fork -> "fork";
      case Succession.Earlier earlier -> "earlier";
    };
  }

  private static String word(StatementCheck.Part part) {
    return switch (part) {
      case ENVELOPE -> "envelope";
      case STATEMENT -> "statement";
    };
  }

  // ---- keys

  private static List<String> keys() {
    Vectors out = new Vectors();
    for (FixedKey key : List.of(EDWARDS, NIST)) {
      out.line(
          Map.of(
              "name", key.name(),
              "expect", "valid",
              "spki", Base64.getEncoder().encodeToString(key.publicKey().spki()),
              "keyid", key.publicKey().id().hex(),
              "secret", HexFormat.of().formatHex(key.secret())));
    }
    String nist = HexFormat.of().formatHex(NIST.publicKey().spki());
    String point = nist.substring(54);
    out.badKey("a P-256 point beside the curve", nist.substring(0, nist.length() - 2) + "00");
    out.badKey(
        "a compressed P-256 point",
        "3039301306072a8648ce3d020106082a8648ce3d03010703220002" + point.substring(0, 64));
    out.badKey("octets after the key", nist + "00");
    out.badKey(
        "an X25519 key",
        "302a300506032b656e032100"
            + HexFormat.of().formatHex(EDWARDS.publicKey().spki()).substring(24));
    out.badKey("nothing", "");
    return out.lines;
  }

  private void badKey(String name, String spki) {
    line(
        Map.of(
            "name",
            name,
            "expect",
            "malformed-key",
            "spki",
            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(spki))));
  }

  // ---- statements

  /** The first vector, which the guide shows too. */
  static SignedStatement example() {
    return sign(
        EDWARDS, Chain.beginning(SOURCE), "round", json("{\"host\":\"rack 7\",\"minRttMs\":4.1}"));
  }

  private static List<String> statements() {
    Vectors out = new Vectors();
    SignedStatement first = example();
    SignedStatement second =
        sign(EDWARDS, first.next(), "round", json("{\"host\":\"rack 7\",\"minRttMs\":4.25}"));
    out.good("Ed25519, the first of its source", first);
    out.good("Ed25519, the second of its source", second);
    SignedStatement third = sign(NIST, Chain.beginning(OTHER_SOURCE), "inspection", numbers());
    out.good("P-256, numbers, escapes and order of names", third);
    BlobReference blob =
        BlobReference.to("transcript".getBytes(StandardCharsets.UTF_8), "application/octet-stream");
    out.good("P-256, a blob", sign(NIST, third.next(), "inspection", new Content.Blob(blob)));
    out.good("Ed25519, an empty content", sign(EDWARDS, second.next(), "round", json("{}")));
    Chain nearlyFull = new Chain(SOURCE, Statement.LAST_SEQUENCE - 1, first.statement().hash());
    out.good("P-256, the last sequence number", sign(NIST, nearlyFull, "round", json("{}")));

    out.badEnvelopes(text(first.envelope()));
    out.badSignatures(first.envelope(), second.envelope(), third.envelope());
    out.badStatements(first.statement());
    return out.lines;
  }

  private void badEnvelopes(String good) {
    String malformed = "malformed-envelope";
    bad("not JSON", malformed, good.substring(1));
    bad("two objects", malformed, good + good);
    bad("an array", malformed, "[" + good + "]");
    bad("no payload", malformed, good.replaceFirst("\"payload\":\"[^\"]*\",", ""));
    bad("another payload type", malformed, good.replace("holdfast.statement", "other.statement"));
    bad("no signature", malformed, good.replaceFirst("\\[\\{.*\\}\\]", "[]"));
    bad("two signatures", malformed, good.replaceFirst("\\[(\\{.*\\})\\]", "[$1,$1]"));
    bad("an unknown field", malformed, good.replaceFirst("\\{", "{\"a\":1,"));
    bad(
        "an unknown field of the signature",
        malformed,
        good.replace("\"keyid\"", "\"cert\":\"\",\"keyid\""));
    bad(
        "key id in capitals",
        malformed,
        good.replaceFirst("(\"keyid\":\")[^\"]*", "$1" + "AB".repeat(32)));
    bad("a signature in DER", malformed, good.replaceFirst("(\"sig\":\")[^\"]*", "$1MEUCIQ=="));
    bad("base64 without padding", malformed, good.replace("==\"", "\""));
    bad("base64 with stray bits", malformed, good.replaceFirst(".==\"", "B==\""));
    bad("base64 of the URL alphabet", malformed, good.replaceFirst("(\"sig\":\")..", "$1-_"));
    bad("base64 with a line break", malformed, good.replaceFirst("(\"sig\":\")", "$1\\\\n"));
    bad(
        "a number as payload",
        malformed,
        good.replaceFirst("\"payload\":\"[^\"]*\"", "\"payload\":7"));
    line(
        Map.of(
            "name",
            "a field twice",
            "expect",
            malformed,
            "alsoRight",
            "envelope-not-canonical",
            "envelope",
            good.replaceFirst("\\{", "{\"payload\":\"\",")));
    String spelled = "envelope-not-canonical";
    bad("a line feed at the end", spelled, good + "\n");
    bad("a blank", spelled, good.replaceFirst(",", ", "));
    bad("an escape without need", spelled, good.replace("application/", "application\\/"));
    bad(
        "fields in another order",
        spelled,
        good.replaceFirst("^\\{(\"payload\":\"[^\"]*\"),(.*)\\}$", "{$2,$1}"));
  }

  private void badSignatures(Envelope edwards, Envelope second, Envelope nist) {
    byte[] payload = edwards.payload();
    bad(
        "a stranger's key",
        "unknown-key",
        text(sign(STRANGER, Chain.beginning(SOURCE), "round", json("{}")).envelope()));
    String wrong = "wrong-signature";
    bad(
        "Ed25519, the signature of another payload",
        wrong,
        text(Envelope.of(payload, edwards.key(), second.signature())));
    bad(
        "Ed25519, over the bare payload",
        wrong,
        text(Envelope.of(payload, edwards.key(), EDWARDS.sign(payload))));
    bad(
        "Ed25519, the payload changed",
        wrong,
        text(Envelope.of(changed(payload), edwards.key(), edwards.signature())));
    bad(
        "P-256, over the bare payload",
        wrong,
        text(
            Envelope.of(nist.payload(), nist.key(), NistCurve.lowered(NIST.sign(nist.payload())))));
    bad(
        "P-256, the payload changed",
        wrong,
        text(Envelope.of(changed(nist.payload()), nist.key(), nist.signature())));
    bad(
        "P-256, another payload type was signed",
        wrong,
        text(
            Envelope.of(
                nist.payload(), nist.key(), NistCurve.lowered(NIST.sign(otherType(nist))))));
    String spelled = "second-spelling";
    bad(
        "P-256, the twin with the greater s",
        spelled,
        text(Envelope.of(nist.payload(), nist.key(), twin(nist.signature()))));
    for (BigInteger number : List.of(BigInteger.ZERO, TinyP256.N)) {
      String name = number.signum() == 0 ? "zero" : "the order";
      byte[] r =
          TinyP256.join(TinyP256.octets(number), Arrays.copyOfRange(nist.signature(), 32, 64));
      byte[] s = TinyP256.join(Arrays.copyOf(nist.signature(), 32), TinyP256.octets(number));
      bad("P-256, r is " + name, spelled, text(Envelope.of(nist.payload(), nist.key(), r)));
      bad("P-256, s is " + name, spelled, text(Envelope.of(nist.payload(), nist.key(), s)));
    }
    bad(
        "Ed25519, S and the order added",
        spelled,
        text(Envelope.of(payload, edwards.key(), raised(edwards.signature()))));
    bad(
        "Ed25519, R is the neutral point in its second spelling",
        spelled,
        text(Envelope.of(payload, edwards.key(), neutral(edwards))));
  }

  private void badStatements(Statement statement) {
    String good = new String(statement.octets(), StandardCharsets.UTF_8);
    String malformed = "malformed-statement";
    UnaryOperator<String> second =
        text ->
            text.replace(
                "\"sequence\":1", "\"previous\":\"" + "ab".repeat(32) + "\",\"sequence\":2");
    inside("not JSON", malformed, good.substring(1));
    inside("nothing at all", malformed, "");
    inside("an array", malformed, "[]");
    inside("an unknown field", malformed, good.replaceFirst("\\{", "{\"a\":1,"));
    inside("no source", malformed, good.replace("\"source\":\"landmark tokyo-1\",", ""));
    inside("a blank source", malformed, good.replace("landmark tokyo-1", " "));
    inside("a source with a control character", malformed, good.replace("tokyo-1", "tokyo\u0085"));
    inside(
        "a source of 201 characters", malformed, good.replace("landmark tokyo-1", "x".repeat(201)));
    inside("sequence 0", malformed, good.replace("\"sequence\":1", "\"sequence\":0"));
    inside("sequence 1.5", malformed, good.replace("\"sequence\":1", "\"sequence\":1.5"));
    inside(
        "sequence 2^53",
        malformed,
        second.apply(good).replace("\"sequence\":2", "\"sequence\":9007199254740992"));
    inside(
        "a second without previous", malformed, good.replace("\"sequence\":1", "\"sequence\":2"));
    inside(
        "a first with previous",
        malformed,
        second.apply(good).replace("\"sequence\":2", "\"sequence\":1"));
    inside("a previous that is no hash", malformed, second.apply(good).replace("abab", "ab"));
    inside(
        "a previous of null",
        malformed,
        good.replace("\"sequence\"", "\"previous\":null,\"sequence\""));
    inside("a time without milliseconds", malformed, good.replace("00.125Z", "00Z"));
    inside("a time with an offset", malformed, good.replace("00.125Z", "00.125+00:00"));
    inside("a day that is not", malformed, good.replace("01-31", "02-30"));
    inside("a leap second", malformed, good.replace("08:00:00", "23:59:60"));
    inside("a time before 1970", malformed, good.replace("2026", "1969"));
    inside("a type that is no URI", malformed, good.replace("https://", "//"));
    inside(
        "a content that is an array",
        malformed,
        good.replaceFirst("\"content\":\\{[^}]*\\}", "\"content\":[]"));
    inside(
        "neither content nor blob", malformed, good.replaceFirst("\"content\":\\{[^}]*\\},", ""));
    String blob =
        "\"blob\":{\"mediaType\":\"a/b\",\"sha256\":\"" + "ab".repeat(32) + "\",\"size\":1}";
    String withBlob = good.replaceFirst("\"content\":\\{[^}]*\\}", blob);
    inside("content and blob", malformed, good.replaceFirst("\\{", "{" + blob + ","));
    inside("a blob of negative size", malformed, withBlob.replace("\"size\":1", "\"size\":-1"));
    inside(
        "a blob with a parameter in its media type", malformed, withBlob.replace("a/b", "a/b;c=d"));
    inside(
        "a blob with an unknown field",
        malformed,
        withBlob.replace("\"size\"", "\"sizes\":1,\"size\""));
    inside("half a surrogate pair", malformed, good.replace("rack 7", "\\ud800"));
    inside("33 levels", malformed, good.replace("4.1", "[".repeat(31) + "]".repeat(31)));
    insideOr("a field twice", malformed, good.replaceFirst("\\{", "{\"content\":{},"));
    insideOr("a number beyond the doubles", malformed, good.replace("4.1", "1e400"));
    insideOr(
        "an integer that a double changes", malformed, good.replace("4.1", "9007199254740993"));
    byte[] notText = statement.octets();
    notText[new String(notText, StandardCharsets.ISO_8859_1).indexOf("rack")] = (byte) 0xC0;
    bad("statement: not UTF-8", malformed, text(signed(notText)));
    String spelled = "statement-not-canonical";
    inside("a blank", spelled, good + " ");
    inside(
        "another order of names",
        spelled,
        good.replace(
            "\"host\":\"rack 7\",\"minRttMs\":4.1", "\"minRttMs\":4.1,\"host\":\"rack 7\""));
    inside("4.10", spelled, good.replace("4.1", "4.10"));
    inside("41e-1", spelled, good.replace("4.1", "41e-1"));
    inside("minus zero", spelled, good.replace("4.1", "-0"));
    inside("sequence 1.0", spelled, good.replace("\"sequence\":1", "\"sequence\":1.0"));
    inside("an escape without need", spelled, good.replace("rack", "\\u0072ack"));
    String other =
        new String(
            sign(NIST, Chain.beginning(SOURCE), "round", json("{}")).statement().octets(),
            StandardCharsets.UTF_8);
    inside("the id of another key", "key-mismatch", other);
  }

  // ---- successions

  private static List<String> successions() {
    Vectors out = new Vectors();
    Chain start = Chain.beginning(SOURCE);
    SignedStatement one = sign(EDWARDS, start, "round", json("{\"n\":1}"));
    SignedStatement two = sign(EDWARDS, one.next(), "round", json("{\"n\":2}"));
    SignedStatement three = sign(EDWARDS, two.next(), "round", json("{\"n\":3}"));
    SignedStatement lie = sign(EDWARDS, one.next(), "round", json("{\"n\":-2}"));
    SignedStatement branch = sign(EDWARDS, lie.next(), "round", json("{\"n\":3}"));
    SignedStatement moved = sign(NIST, three.next(), "round", json("{\"n\":4}"));
    out.pair("the second follows the first", "follows", one, two);
    out.pair("a statement by another key of the source follows", "follows", three, moved);
    out.pair("the same again", "repeats", two, two);
    out.pair("one is missing", "gap", one, three);
    out.pair("two statements under one number", "equivocation", two, lie);
    out.pair("another history", "fork", two, branch);
    out.pair("a late one", "earlier", three, one);
    return out.lines;
  }

  private void pair(String name, String expect, SignedStatement before, SignedStatement now) {
    line(
        Map.of(
            "name",
            name,
            "expect",
            expect,
            "before",
            text(before.envelope()),
            "now",
            text(now.envelope())));
  }

  // ---- parts

  private void good(String name, SignedStatement signed) {
    line(
        Map.of(
            "name",
            name,
            "expect",
            "valid",
            "hash",
            signed.statement().hash().hex(),
            "envelope",
            text(signed.envelope())));
  }

  private void bad(String name, String expect, String envelope) {
    line(Map.of("name", name, "expect", expect, "envelope", envelope));
  }

  private void inside(String name, String expect, String payload) {
    bad("statement: " + name, expect, text(signed(payload.getBytes(StandardCharsets.UTF_8))));
  }

  private void insideOr(String name, String expect, String payload) {
    line(
        Map.of(
            "name",
            "statement: " + name,
            "expect",
            expect,
            "alsoRight",
            "statement-not-canonical",
            "envelope",
            text(signed(payload.getBytes(StandardCharsets.UTF_8)))));
  }

  private void line(Map<String, String> fields) {
    Map<String, JsonTree> members = new TreeMap<>();
    fields.forEach((name, value) -> members.put(name, new TextNode(value)));
    lines.add(new String(CanonicalJson.octets(ObjectNode.of(members)), StandardCharsets.UTF_8));
  }

  private static Envelope signed(byte[] payload) {
    return Envelope.of(
        payload, EDWARDS.publicKey().id(), EDWARDS.sign(Envelope.signedOctets(payload)));
  }

  private static SignedStatement sign(SigningKey key, Chain chain, String kind, Content content) {
    try {
      return new StatementSigner(key)
          .sign(chain, StatementType.ofHoldfast(kind, 1), TIME, content, Samples.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Content json(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return new Content.Inline(
        (ObjectNode) BoundedJson.read(octets, "vector", JsonLimits.ofOctets(10_000)));
  }

  private static Content numbers() {
    return json(
        "{\"numbers\":[0,-1,0.1,1e21,999999999999999900000,1e-6,1e-7,5e-324,"
            + "1.7976931348623157e308,9007199254740991,295147905179352830000,-0.0000033333333333333333],"
            + "\"\\ufb33\":\"after\",\"\\ud83d\\ude00\":\"before\",\"\\u0080\":\"\\u2028/<\\u007f\","
            + "\"\\r\":\"\\b\\t\\n\\f\\r\\\"\\\\\\u0000\\u001f\",\"\":[true,false,null,{},[]]}");
  }

  static String text(Envelope envelope) {
    return new String(envelope.octets(), StandardCharsets.UTF_8);
  }

  private static byte[] changed(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8)
        .replace("00.125Z", "00.126Z")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] otherType(Envelope envelope) {
    return new String(envelope.signedOctets(), StandardCharsets.UTF_8)
        .replace(
            "DSSEv1 39 application/vnd.holdfast.statement",
            "DSSEv1 35 application/vnd.holdfast.other")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The other signature (r, n - s) that anybody can make out of one. */
  static byte[] twin(byte[] signature) {
    BigInteger s = TinyP256.N.subtract(new BigInteger(1, signature, 32, 32));
    return TinyP256.join(Arrays.copyOf(signature, 32), TinyP256.octets(s));
  }

  /** S with the order of the base point added. */
  private static byte[] raised(byte[] signature) {
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64)).add(EdwardsCurve.ORDER);
    return TinyP256.join(Arrays.copyOf(signature, 32), littleEndian(s));
  }

  /** A signature by whoever holds the key whose R is the neutral point with y spelled p + 1. */
  private static byte[] neutral(Envelope envelope) {
    byte[] r = littleEndian(BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(18)));
    byte[] key = KeyKind.ED25519.point(EDWARDS.publicKey().spki());
    byte[] challenge = sha512(TinyP256.join(r, key, envelope.signedOctets()));
    byte[] scalar = Arrays.copyOf(sha512(EDWARDS.secret()), 32);
    scalar[0] &= (byte) 0xF8;
    scalar[31] &= 0x7F;
    scalar[31] |= 0x40;
    BigInteger s = littleEndian(challenge).multiply(littleEndian(scalar)).mod(EdwardsCurve.ORDER);
    return TinyP256.join(r, littleEndian(s));
  }

  private static BigInteger littleEndian(byte[] octets) {
    return new BigInteger(1, StatementKeyTest.reversed(octets));
  }

  private static byte[] littleEndian(BigInteger number) {
    return StatementKeyTest.reversed(TinyP256.octets(number));
  }

  private static byte[] sha512(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
