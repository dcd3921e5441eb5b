package dev.holdfast.edge;

import static java.util.Objects.requireNonNull;

import dev.holdfast.attest.RedfishInventory;
import dev.holdfast.attest.RedfishInventory.Responder;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Inventory;
import dev.holdfast.trust.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a management controller says by Redfish, and what its components sign: a way to the chips
 * that does not lead through the host.
 *
 * <p>The forms were constructed from published field names; no real controller was asked.
 */
public final class RedfishSource implements InventorySource, EvidenceSource {
  private static final String CHASSIS = "/redfish/v1/Chassis";
  private static final String INTEGRITY = "/redfish/v1/ComponentIntegrity";
  private static final int MOST_HEADERS = 64;
  private static final int LONGEST_REPORT = 64 << 10;

  /** Asks for all measurements (DSP0274). */
  private static final int ALL_MEASUREMENTS = 255;

  private final RedfishSettings settings;
  private final RedfishLimits limits;
  private final InstantSource clock;

  /** A source. */
  public RedfishSource(RedfishSettings settings, InstantSource clock) {
    this(settings, RedfishLimits.USUAL, clock);
  }

  RedfishSource(RedfishSettings settings, RedfishLimits limits, InstantSource clock) {
    this.settings = requireNonNull(settings, "settings");
    this.limits = requireNonNull(limits, "limits");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public Inventory.Source kind() {
    return Inventory.Source.REDFISH;
  }

  @Override
  public Inventory look() {
    try (RedfishClient client = new RedfishClient(settings, limits)) {
      List<ObjectNode> resources = members(client, CHASSIS);
      for (ObjectNode chassis : List.copyOf(resources)) {
        RedfishInventory.metersOf(chassis, client.source())
            .flatMap(client::find)
            .ifPresent(resources::add);
      }
      Inventory told = RedfishInventory.of(resources, client.source()).inventory();
      return new Inventory(
          told.source(),
          null,
          clock.instant().truncatedTo(ChronoUnit.MILLIS),
          told.driver(),
          told.signs(),
          told.chips(),
          told.switches());
    }
  }

  @Override
  public Gathered evidence(byte[] nonce) {
    if (nonce.length != NONCE) {
      throw new IllegalArgumentException("a nonce has " + NONCE + " octets");
    }
    try (RedfishClient client = new RedfishClient(settings, limits)) {
      List<Responder> responders =
          RedfishInventory.of(members(client, INTEGRITY), client.source()).responders();
      List<ChipEvidence> evidence = new ArrayList<>();
      List<Problem> problems = new ArrayList<>();
      for (Responder responder : responders) {
        try {
          evidence.add(signed(client, responder, nonce));
        } catch (CodedException e) {
          problems.add(e.problem());
        }
      }
      return new Gathered(evidence, problems);
    }
  }

  /** The resources of a collection, page by page; none where the controller has no such thing. */
  private static List<ObjectNode> members(RedfishClient client, String collection) {
    List<ObjectNode> members = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Optional<String> next = Optional.of(collection);
    while (next.isPresent()) {
      String page = next.get();
      if (!seen.add(page)) {
        throw client.failed(Problem.printable(page) + " leads back to itself");
      }
      Optional<ObjectNode> found = client.find(page);
      if (found.isEmpty()) {
        return members;
      }
      JsonFields fields = fields(found.get(), client.source() + page);
      for (JsonFields member : fields.items("Members", RedfishInventory.MOST_RESOURCES)) {
        String reference = member.text("@odata.id");
        if (seen.add(reference)) {
          members.add(client.get(reference).body());
        }
      }
      next =
          fields.has("Members@odata.nextLink")
              ? Optional.of(fields.text("Members@odata.nextLink"))
              : Optional.empty();
    }
    return members;
  }

  private static JsonFields fields(ObjectNode object, String source) {
    return JsonFields.of(object, source, ErrorCode.PEER_FAILED);
  }

  private static ChipEvidence signed(RedfishClient client, Responder responder, byte[] nonce) {
    byte[] question =
        CanonicalJson.octets(
            ObjectNode.of(
                Map.<String, JsonTree>of(
                    "Nonce",
                    new TextNode(HexFormat.of().formatHex(nonce)),
                    "SlotId",
                    new NumberNode(0),
                    "MeasurementIndices",
                    new ArrayNode(List.of(new NumberNode(ALL_MEASUREMENTS))))));
    long from = System.nanoTime();
    ObjectNode answer = finished(client, client.post(responder.action(), question));
    Duration signing = Duration.ofNanos(System.nanoTime() - from);
    byte[] report =
        fields(answer, client.source() + responder.action())
            .value("SignedMeasurements", RedfishSource::octets);
    byte[] chain =
        responder
            .certificates()
            .map(path ->
                fields(client.get(path).body(), client.source() + path)
                    .text("CertificateString")
                    .getBytes(StandardCharsets.UTF_8))
            .orElse(new byte[0]);
    return new ChipEvidence(responder.id(), chain, report, signing);
  }

  private static byte[] octets(String base64) {
    byte[] octets = Base64.getMimeDecoder().decode(base64);
    if (octets.length == 0 || octets.length > LONGEST_REPORT) {
      throw new IllegalArgumentException("it has not 1 to " + LONGEST_REPORT + " octets");
    }
    return octets;
  }

  /**
   * The answer to an action once it is there: at once, or where a task (DSP0266, asynchronous
   * operations) says that it is, when it has ended.
   */
  private static ObjectNode finished(RedfishClient client, RedfishClient.Answer first) {
    RedfishClient.Answer answer = first;
    Optional<String> task = Optional.empty();
    while (answer.body().get("SignedMeasurements").isEmpty()) {
      JsonFields fields = fields(answer.body(), client.source());
      String state = fields.has("TaskState") ? fields.text("TaskState") : "";
      switch (state) {
        case "Completed" -> {
          String result =
              location(fields)
                  .orElseThrow(
                      () -> client.failed("its task ended and says not where the result is"));
          answer = client.get(path(client, result));
          if (answer.body().get("TaskState").isPresent()) {
            throw client.failed("the result of its task is another task");
          }
        }
        case "Exception", "Killed", "Cancelled" ->
            throw client.failed("its task ended as " + state);
        default -> {
          if (task.isEmpty()) {
            task =
                Optional.of(
                    answer
                        .location()
                        .orElseGet(() -> state.isEmpty() ? "" : fields.text("@odata.id")));
          }
          if (task.get().isEmpty()) {
            throw client.failed("its answer holds neither SignedMeasurements nor a task");
          }
          client.pause();
          answer = client.get(path(client, task.get()));
        }
      }
    }
    return answer.body();
  }

  /** Where a task that has ended says that its result is. */
  private static Optional<String> location(JsonFields task) {
    return task.inside("Payload").stream()
        .flatMap(payload -> payload.texts("HttpHeaders", MOST_HEADERS).stream())
        .filter(header -> header.regionMatches(true, 0, "Location:", 0, 9))
        .map(header -> header.substring(9).strip())
        .findFirst();
  }

  /** A location may name the controller itself, but no other host. */
  private static String path(RedfishClient client, String location) {
    return location.startsWith(client.source() + "/")
        ? location.substring(client.source().length())
        : location;
  }
}
