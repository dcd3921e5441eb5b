package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Claim;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import dev.holdfast.model.Speed;
import dev.holdfast.model.Subject;
import dev.holdfast.model.TargetId;
import dev.holdfast.trust.KeyId;
import dev.holdfast.trust.Sha256;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads bundles out of hostile octets. */
final class BundleReader {
  private static final int MOST_ITEMS = 16_384;
  private static final int MOST_HASHES = 63;
  private static final int MOST_UNITS = 1000;
  private static final double WIDEST_CLAIM = 20_004;

  private BundleReader() {}

  static VerdictBundle read(byte[] octets, String source) {
    JsonFields fields =
        JsonFields.read(octets, source, VerdictBundle.LARGEST, ErrorCode.MALFORMED_VERDICT_BUNDLE);
    return read(fields);
  }

  /** Reads one that is part of something else. */
  static VerdictBundle read(JsonFields fields) {
    String format = fields.text("format");
    if (!format.equals(VerdictBundle.FORMAT)) {
      throw fields.refuse(
          "format", "it is " + Problem.quote(format) + " and not " + VerdictBundle.FORMAT);
    }
    BundleQuestion question = question(fields.fields("question"));
    ObjectNode answer = fields.object("answer");
    SignedCheckpoint checkpoint =
        recoded(
            fields,
            "checkpoint",
            () -> SignedCheckpoint.parse(fields.text("checkpoint").getBytes(UTF_8)));
    List<VerdictBundle.Entry> entries = entries(fields);
    List<VerdictBundle.Blob> blobs = blobs(fields);
    fields.requireNothingElse();
    return fields.made(
        "entries", () -> new VerdictBundle(question, answer, checkpoint, entries, blobs));
  }

  static List<VerdictBundle.Entry> entries(JsonFields fields) {
    return fields.items("entries", MOST_ITEMS).stream().map(BundleReader::entry).toList();
  }

  static List<VerdictBundle.Blob> blobs(JsonFields fields) {
    return fields.items("blobs", MOST_ITEMS).stream().map(BundleReader::blob).toList();
  }

  private static VerdictBundle.Entry entry(JsonFields fields) {
    long index = fields.whole("index");
    byte[] envelope = fields.value("envelope", BundleReader::base64);
    List<Hash> path = new ArrayList<>();
    for (String text : fields.texts("path", MOST_HASHES)) {
      String field = "path/" + path.size();
      path.add(recoded(fields, field, () -> hash(text, field)));
    }
    fields.requireNothingElse();
    return new VerdictBundle.Entry(index, envelope, path);
  }

  private static Hash hash(String text, String field) {
    return Hash.ofBase64(text, ErrorCode.MALFORMED_VERDICT_BUNDLE, field);
  }

  private static VerdictBundle.Blob blob(JsonFields fields) {
    Sha256 name = fields.value("sha256", Sha256::new);
    byte[] octets = fields.value("octets", BundleReader::base64);
    fields.requireNothingElse();
    return new VerdictBundle.Blob(name, octets);
  }

  private static BundleQuestion question(JsonFields fields) {
    Subject.Kind kind = fields.value("subject", BundleReader::kind);
    String id = fields.text("id");
    TargetId host = fields.value("host", TargetId::new);
    String key = fields.has("key") ? fields.value("key", KeyId::new).hex() : null;
    List<Claim> claims =
        fields.items("claims", BundleQuestion.MOST_CLAIMS).stream()
            .map(BundleReader::claim)
            .toList();
    BundleSettings settings = settings(fields.fields("settings"));
    fields.requireNothingElse();
    return fields.made("id", () -> new BundleQuestion(kind, id, host, key, claims, settings));
  }

  private static Subject.Kind kind(String word) {
    return switch (word) {
      case "key" -> Subject.Kind.KEY;
      case "host" -> Subject.Kind.HOST;
      case "chip" -> Subject.Kind.CHIP;
      default -> throw new IllegalArgumentException("it is not key, host or chip");
    };
  }

  private static Claim claim(JsonFields fields) {
    Claim claim;
    if (fields.has("country")) {
      claim = fields.value("country", Claim.Inside::new);
    } else if (fields.has("excludedCountry")) {
      claim = fields.value("excludedCountry", Claim.Outside::new);
    } else {
      double latitude = fields.number("latitude");
      double longitude = fields.number("longitude");
      Position place = fields.made("latitude", () -> new Position(latitude, longitude));
      double radius = fields.number("withinKm");
      if (radius > WIDEST_CLAIM) {
        throw fields.refuse("withinKm", "it is wider than the Earth");
      }
      claim = new Claim.Within(place, fields.made("withinKm", () -> Distance.ofKilometres(radius)));
    }
    fields.requireNothingElse();
    return claim;
  }

  static BundleSettings settings(JsonFields fields) {
    int faults = fields.whole("toleratedFaults", BundleSettings.MOST_FAULTS);
    Duration window = fields.value("window", BundleReader::duration);
    double speed = fields.number("slowerSpeedKmPerMs");
    Speed slower = fields.made("slowerSpeedKmPerMs", () -> Speed.ofKilometresPerMillisecond(speed));
    double kilometres = fields.number("borderMarginKm");
    Distance margin = fields.made("borderMarginKm", () -> Distance.ofKilometres(kilometres));
    JsonFields groups = fields.fields("destinations");
    TreeMap<String, List<String>> destinations = new TreeMap<>();
    for (String name : groups.names()) {
      destinations.put(name, groups.texts(name, MOST_UNITS));
    }
    fields.requireNothingElse();
    Settings settings = fields.made("window", () -> new Settings(faults, window, slower));
    return fields.made("window", () -> new BundleSettings(settings, margin, destinations));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("it is not a duration of ISO 8601", e);
    }
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is not base64 (RFC 4648 section 4)", e);
    }
  }

  /** The refusal of a reader that knows no fields, told as that of a field here. */
  static <T> T recoded(JsonFields fields, String name, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (CodedException e) {
      Problem found = e.problem();
      String line = found.line() == 0 ? "" : "line " + found.line() + ": ";
      throw fields.refuse(name, line + found.reason());
    }
  }
}
