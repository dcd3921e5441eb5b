package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.DeviceRoots;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Names;
import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Position;
import dev.holdfast.model.TargetId;
import dev.holdfast.trust.AuthorityCertificate;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One thing of a fleet, as its operator declares it. Nothing of it is proved. */
sealed interface FleetItem {
  /** Somebody who takes part. */
  record Party(String id, String name, String role) implements FleetItem {
    private static final List<String> ROLES = List.of("operator", "exporter", "auditor");

    public Party {
      Names.check("id", id);
      Names.check("name", name);
      if (!ROLES.contains(role)) {
        throw new IllegalArgumentException("a party is an operator, an exporter or an auditor");
      }
    }
  }

  /**
   * A place with chips.
   *
   * @param radius how far from the place its hosts may be
   * @param powerKw what it draws; null where that was not declared
   * @param installed how many chips are said to be there; null where nobody says
   */
  record Site(
      String id,
      String name,
      String operator,
      String destination,
      Position place,
      Distance radius,
      @Nullable Double powerKw,
      @Nullable Integer installed,
      boolean simulated)
      implements FleetItem {
    private static final int MOST_INSTALLED = 100_000_000;

    public Site {
      Names.check("id", id);
      Names.check("name", name);
      Names.check("operator", operator);
      Names.check("destination", destination);
      requireNonNull(place, "place");
      requireNonNull(radius, "radius");
      if (powerKw != null && !isPower(powerKw)) {
        throw new IllegalArgumentException("powerKw is 0 to 1e9");
      }
    }

    private static boolean isPower(double kilowatts) {
      return kilowatts >= 0 && kilowatts < 1e9;
    }
  }

  /** A host, by the name in its certificate. */
  record Host(TargetId id, String site) implements FleetItem {
    public Host {
      requireNonNull(id, "id");
      Names.check("site", site);
    }
  }

  /** An accelerator. */
  record Chip(
      String id, List<String> aliases, String model, @Nullable String host, boolean simulated)
      implements FleetItem {
    static final int MOST_ALIASES = 16;

    public Chip {
      Names.check("id", id);
      aliases = List.copyOf(aliases);
      aliases.forEach(alias -> Names.check("aliases", alias));
      if (aliases.size() > MOST_ALIASES) {
        throw new IllegalArgumentException("a chip has at most " + MOST_ALIASES + " aliases");
      }
      Names.check("model", model);
      if (host != null) {
        Names.check("host", host);
      }
    }
  }

  /** A landmark, as it is shown; verdicts take its place from its authority. */
  record Landmark(
      String id,
      String name,
      OperatorId operator,
      Position place,
      Distance uncertainty,
      boolean simulated)
      implements FleetItem {
    public Landmark {
      Names.check("id", id);
      Names.check("name", name);
      requireNonNull(operator, "operator");
      requireNonNull(place, "place");
      requireNonNull(uncertainty, "uncertainty");
    }
  }

  /** An authority whose certificates count. */
  record Authority(AuthorityCertificate certificate) implements FleetItem {
    public Authority {
      requireNonNull(certificate, "certificate");
    }
  }

  /**
   * The root of a manufacturer whose chips count, beside NVIDIA's.
   *
   * @param pem one certificate that signed itself
   */
  record DeviceRoot(byte[] pem) implements FleetItem {
    private static final int LONGEST = 8192;

    public DeviceRoot {
      if (pem.length > LONGEST) {
        throw new IllegalArgumentException("a root has at most " + LONGEST + " octets");
      }
      var _ = DeviceRoots.parse(pem, "certificate");
    }

    @Override
    public String kind() {
      return "deviceRoot";
    }
  }

  /** The stable word of its kind. */
  default String kind() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads an item of a kind.
   *
   * @param kind party, site, host, chip, landmark, authority or deviceRoot
   */
  static FleetItem read(String kind, JsonFields fields) {
    FleetItem item =
        switch (kind) {
          case "party" -> {
            String id = Names.read(fields, "id");
            String name = Names.read(fields, "name");
            String role = Names.read(fields, "role");
            yield fields.made("role", () -> new Party(id, name, role));
          }
          case "site" -> {
            String id = Names.read(fields, "id");
            String name = Names.read(fields, "name");
            String operator = Names.read(fields, "operator");
            String destination = Names.read(fields, "destination");
            Position place = place(fields);
            Distance radius = distance(fields, "radiusKm");
            Double power = power(fields);
            Integer installed =
                fields.has("installedChips")
                    ? (Integer) fields.whole("installedChips", Site.MOST_INSTALLED)
                    : null;
            boolean simulated = fields.has("simulated") && fields.truth("simulated");
            yield fields.made(
                "id",
                () ->
                    new Site(
                        id,
                        name,
                        operator,
                        destination,
                        place,
                        radius,
                        power,
                        installed,
                        simulated));
          }
          case "host" -> {
            TargetId id = fields.value("id", TargetId::new);
            String site = Names.read(fields, "site");
            yield fields.made("site", () -> new Host(id, site));
          }
          case "chip" -> {
            String id = Names.read(fields, "id");
            List<String> aliases = aliases(fields);
            String model = Names.read(fields, "model");
            String host = fields.has("host") ? Names.read(fields, "host") : null;
            boolean simulated = fields.has("simulated") && fields.truth("simulated");
            yield fields.made("id", () -> new Chip(id, aliases, model, host, simulated));
          }
          case "landmark" -> {
            String id = Names.read(fields, "id");
            String name = fields.has("name") ? Names.read(fields, "name") : id;
            OperatorId operator = fields.value("operator", OperatorId::new);
            Position place = place(fields);
            Distance uncertainty = distance(fields, "uncertaintyKm");
            boolean simulated = fields.has("simulated") && fields.truth("simulated");
            yield fields.made(
                "id", () -> new Landmark(id, name, operator, place, uncertainty, simulated));
          }
          case "authority" ->
              new Authority(
                  AuthorityCertificate.parse(
                      fields.value("certificate", Base64.getDecoder()::decode), "certificate"));
          case "deviceRoot" -> {
            byte[] pem = fields.text("certificate").getBytes(StandardCharsets.US_ASCII);
            yield fields.made("certificate", () -> new DeviceRoot(pem));
          }
          default -> throw fields.refuse("kind", "there is no kind " + kind);
        };
    fields.requireNothingElse();
    return item;
  }

  private static List<String> aliases(JsonFields fields) {
    List<String> aliases =
        fields.has("aliases") ? fields.texts("aliases", Chip.MOST_ALIASES) : List.of();
    return fields.made(
        "aliases",
        () -> {
          aliases.forEach(alias -> Names.check("aliases", alias));
          return aliases;
        });
  }

  private static @Nullable Double power(JsonFields fields) {
    if (!fields.has("powerKw")) {
      return null;
    }
    double power = fields.number("powerKw");
    if (!Site.isPower(power)) {
      throw fields.refuse("powerKw", "it is not 0 to 1e9");
    }
    return power;
  }

  private static Position place(JsonFields fields) {
    double latitude = fields.number("latitude");
    double longitude = fields.number("longitude");
    return fields.made("latitude", () -> new Position(latitude, longitude));
  }

  private static Distance distance(JsonFields fields, String name) {
    double kilometres = fields.number(name);
    return fields.made(name, () -> Distance.ofKilometres(kilometres));
  }

  /** The JSON form, with its kind. */
  default ObjectNode json() {
    TreeMap<String, JsonTree> members = new TreeMap<>();
    members.put("kind", new TextNode(kind()));
    switch (this) {
      case Party party -> {
        members.put("id", new TextNode(party.id));
        members.put("name", new TextNode(party.name));
        members.put("role", new TextNode(party.role));
      }
      case Site site -> {
        members.put("id", new TextNode(site.id));
        members.put("name", new TextNode(site.name));
        members.put("operator", new TextNode(site.operator));
        members.put("destination", new TextNode(site.destination));
        put(members, site.place);
        members.put("radiusKm", new NumberNode(site.radius.kilometres()));
        if (site.powerKw != null) {
          members.put("powerKw", new NumberNode(site.powerKw));
        }
        if (site.installed != null) {
          members.put("installedChips", new NumberNode(site.installed));
        }
        members.put("simulated", new TruthNode(site.simulated));
      }
      case Host host -> {
        members.put("id", new TextNode(host.id.value()));
        members.put("site", new TextNode(host.site));
      }
      case Chip chip -> {
        members.put("id", new TextNode(chip.id));
        members.put(
            "aliases", new ArrayNode(chip.aliases.stream().<JsonTree>map(TextNode::new).toList()));
        members.put("model", new TextNode(chip.model));
        if (chip.host != null) {
          members.put("host", new TextNode(chip.host));
        }
        members.put("simulated", new TruthNode(chip.simulated));
      }
      case Landmark landmark -> {
        members.put("id", new TextNode(landmark.id));
        members.put("name", new TextNode(landmark.name));
        members.put("operator", new TextNode(landmark.operator.value()));
        put(members, landmark.place);
        members.put("uncertaintyKm", new NumberNode(landmark.uncertainty.kilometres()));
        members.put("simulated", new TruthNode(landmark.simulated));
      }
      case DeviceRoot root ->
          members.put("certificate", new TextNode(new String(root.pem, StandardCharsets.US_ASCII)));
      case Authority authority ->
          members.put(
              "certificate",
              new TextNode(Base64.getEncoder().encodeToString(authority.certificate.der())));
    }
    return ObjectNode.of(members);
  }

  private static void put(Map<String, JsonTree> members, Position place) {
    members.put("latitude", new NumberNode(place.latitude()));
    members.put("longitude", new NumberNode(place.longitude()));
  }
}
