package dev.holdfast.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The interface described for machines (OpenAPI 3.1). */
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z0-9]+)}");

  /** One thing that may be asked. */
  record Operation(String method, String path, String summary, List<String> queries) {}

  private static final List<String> PAGING = List.of("cursor", "limit");

  private OpenApi() {}

  private static List<String> sorted(String... names) {
    List<String> all = with(names);
    all.addAll(List.of("sort", "order"));
    return all;
  }

  private static List<String> with(String... names) {
    List<String> all = new java.util.ArrayList<>(PAGING);
    all.addAll(List.of(names));
    return all;
  }

  /** Everything below /api/v1. */
  static List<Operation> operations() {
    return List.of(
        new Operation(
            "POST", "/api/v1/statements", "Take in one envelope, or one a line", List.of()),
        new Operation("PUT", "/api/v1/blobs/{sha256}", "Keep what statements name", List.of()),
        new Operation("POST", "/api/v1/fleet", "Declare parties, sites, hosts, chips", List.of()),
        new Operation("PUT", "/api/v1/revocations", "Take in a list of revocations", List.of("of")),
        new Operation("POST", "/api/v1/disclosures", "Let an auditor read a site", List.of()),
        new Operation("GET", "/api/v1/disclosures", "What was disclosed", with("auditor", "site")),
        new Operation("POST", "/api/v1/disclosures/{index}/end", "End a disclosure", List.of()),
        new Operation("GET", "/api/v1/disclosed", "How much may be read", List.of()),
        new Operation("POST", "/api/v1/comments", "Say something about a subject", List.of()),
        new Operation("GET", "/api/v1/sites/{id}/comments", "What people said of a site", PAGING),
        new Operation("POST", "/api/v1/sites/{id}/notes", "Write about a site", List.of()),
        new Operation("GET", "/api/v1/sites/{id}/notes", "Notes about a site", with("kind")),
        new Operation("GET", "/api/v1/sites/{id}/notes/{index}", "One of them", List.of()),
        new Operation(
            "GET",
            "/api/v1/sites/{id}/search",
            "Passages of a site’s evidence and notes for a question",
            List.of("question", "k", "language")),
        new Operation("GET", "/api/v1/tokens", "Tokens, without their secrets", List.of()),
        new Operation("POST", "/api/v1/tokens", "Make a token", List.of()),
        new Operation("DELETE", "/api/v1/tokens/{name}", "Revoke a token", List.of()),
        new Operation("GET", "/api/v1/summary", "How much there is", List.of()),
        new Operation("GET", "/api/v1/sites", "Sites", sorted("q", "state", "destination")),
        new Operation("GET", "/api/v1/sites/{id}", "A site with its region", List.of()),
        new Operation("GET", "/api/v1/hosts", "Hosts", sorted("q", "site", "state")),
        new Operation("GET", "/api/v1/hosts/{id}", "A host with its region", List.of()),
        new Operation(
            "GET", "/api/v1/chips", "Chips", sorted("q", "site", "host", "state", "model")),
        new Operation("GET", "/api/v1/chips/{id}", "A chip with its region", List.of()),
        new Operation("GET", "/api/v1/chips/{id}/bundle", "What stands of a chip", List.of()),
        new Operation("GET", "/api/v1/chips/{id}/timeline", "What is known of a chip", PAGING),
        new Operation(
            "GET", "/api/v1/chips/{id}/result", "An attestation result (EAR)", List.of("nonce")),
        new Operation("GET", "/api/v1/chips/{id}/delays", "Delays of its host", List.of()),
        new Operation(
            "GET", "/api/v1/boards", "Boards", sorted("q", "grade", "basis", "site", "chip")),
        new Operation("GET", "/api/v1/boards/{id}", "A board with its members", List.of()),
        new Operation(
            "GET", "/api/v1/boards/{id}/graph.svg", "The same as a drawing", List.of("width")),
        new Operation("GET", "/api/v1/challenge", "What evidence is made for now", List.of()),
        new Operation("GET", "/api/v1/landmarks", "Landmarks", sorted("q")),
        new Operation("GET", "/api/v1/landmarks/audit", "Which contradict others", List.of()),
        new Operation("GET", "/api/v1/landmarks/advice", "Where one more would help", List.of()),
        new Operation("GET", "/api/v1/landmarks/{id}", "A landmark with its hours", List.of()),
        new Operation("GET", "/api/v1/ledger", "The newest checkpoint and who signed", List.of()),
        new Operation(
            "GET", "/api/v1/entries/{index}/proof", "A proof for holdfast verify", List.of()),
        new Operation("GET", "/api/v1/verdicts", "Verdicts", with("subject", "site", "verdict")),
        new Operation(
            "GET", "/api/v1/verdicts/{id}/bundle", "A verdict with its evidence", List.of()),
        new Operation("GET", "/api/v1/findings", "Findings", with("kind", "subject", "severity")),
        new Operation(
            "POST",
            "/api/v1/custody",
            "Tell of a licence, inspection, transfer, outage",
            List.of()),
        new Operation("GET", "/api/v1/custody", "What was told of them", with("kind", "site")),
        new Operation("POST", "/api/v1/leases", "A lease for whoever proves its key", List.of()),
        new Operation(
            "GET",
            "/api/v1/leases",
            "What hosts were answered that asked for one",
            with("outcome", "host", "site")),
        new Operation("GET", "/api/v1/licences", "Licences, and what is missing", List.of()),
        new Operation("POST", "/api/v1/leases/keys", "Another key that signs leases", List.of()),
        new Operation("GET", "/api/v1/cases", "Cases", with("state", "severity", "site")),
        new Operation("GET", "/api/v1/cases/{number}", "A case with its findings", List.of()),
        new Operation(
            "GET",
            "/api/v1/cases/{number}/dossier",
            "A case with all that it stands on, as one page",
            List.of("language")),
        new Operation(
            "GET",
            "/api/v1/cases/{number}/disclosure",
            "A draft of a self-disclosure (15 CFR 764.5)",
            List.of()),
        new Operation("POST", "/api/v1/cases/{number}/acts", "Work on a case", List.of()),
        new Operation(
            "GET", "/api/v1/policy/decision", "What would be decided", PolicyApi.parameters()),
        new Operation("GET", "/api/v1/policy/catalogue", "Accelerators", List.of()),
        new Operation("GET", "/api/v1/policy/countries", "Countries", List.of("date", "knownOn")),
        new Operation("GET", "/api/v1/policy/rules", "The rules, with their days", List.of()),
        new Operation("POST", "/api/v1/decisions", "Decide, and keep it", List.of()),
        new Operation("GET", "/api/v1/decisions", "Decisions", with("item", "to", "outcome")),
        new Operation("GET", "/api/v1/decisions/{index}", "A decision as it was kept", List.of()),
        new Operation("GET", "/api/v1/entries/{index}", "An entry with its proof", List.of()),
        new Operation("GET", "/api/v1/webhooks", "Who is told of what happens", List.of()),
        new Operation("POST", "/api/v1/webhooks", "Tell somebody of what happens", List.of()),
        new Operation("DELETE", "/api/v1/webhooks/{id}", "Tell it nothing more", List.of()),
        new Operation("POST", "/api/v1/webhooks/{id}/secret", "Make another secret", List.of()),
        new Operation("POST", "/api/v1/webhooks/{id}/test", "Send it a test", List.of()),
        new Operation("POST", "/api/v1/webhooks/{id}/resume", "Send to it again", List.of()),
        new Operation("GET", "/api/v1/webhooks/{id}/deliveries", "What was sent to it", PAGING),
        new Operation(
            "POST",
            "/api/v1/webhooks/{id}/deliveries/{message}/resend",
            "Send a notification once more",
            List.of()),
        new Operation(
            "GET", "/api/v1/playback", "Where a story that is played here stands", List.of()),
        new Operation("POST", "/api/v1/playback", "Hold it, or let it go on", List.of()),
        new Operation("GET", "/api/v1/events", "What happens, as it does", List.of()));
  }

  static Map<String, Object> document() {
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    for (Operation operation : operations()) {
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("summary", operation.summary());
      described.put("parameters", parameters(operation));
      described.put(
          "responses",
          Map.of(
              "200", Map.of("description", "done"),
              "default",
                  Map.of(
                      "description",
                      "a problem, with its code",
                      "content",
                      Map.of(
                          "application/problem+json",
                          Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))))));
      paths
          .computeIfAbsent(operation.path(), path -> new TreeMap<>())
          .put(operation.method().toLowerCase(Locale.ROOT), described);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", "Holdfast", "version", "1"));
    document.put("security", List.of(Map.of("bearer", List.of())));
    document.put("paths", paths);
    document.put(
        "components",
        Map.of(
            "securitySchemes",
            Map.of("bearer", Map.of("type", "http", "scheme", "bearer")),
            "schemas",
            Map.of("Problem", problem())));
    return document;
  }

  private static List<Object> parameters(Operation operation) {
    List<Object> parameters = new java.util.ArrayList<>();
    Matcher matcher = PARAMETER.matcher(operation.path());
    while (matcher.find()) {
      parameters.add(parameter(matcher.group(1), "path", true));
    }
    operation.queries().forEach(name -> parameters.add(parameter(name, "query", false)));
    return parameters;
  }

  private static Map<String, Object> parameter(String name, String in, boolean required) {
    return Map.of("name", name, "in", in, "required", required, "schema", Map.of("type", "string"));
  }

  private static Map<String, Object> problem() {
    Map<String, Object> text = Map.of("type", "string");
    return Map.of(
        "type",
        "object",
        "required",
        List.of("title", "status", "code"),
        "properties",
        Map.of(
            "type",
            text,
            "title",
            text,
            "detail",
            text,
            "code",
            text,
            "field",
            text,
            "status",
            Map.of("type", "integer")));
  }
}
