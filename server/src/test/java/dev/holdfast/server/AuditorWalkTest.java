package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.trust.StatementTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An auditor asks everything that can be asked, by every name that there is: nothing of what was
 * not disclosed to it occurs in any answer.
 */
final class AuditorWalkTest {
  /** Occurs in the name of all that is not disclosed. */
  private static final String HIDDEN = "vault";

  private static final List<String> NAMES =
      List.of("hall", "rack-1", "c-1", "vault-site", "vault-host", "vault-chip", "vault-alias");

  @TempDir private Path folder;
  private Desk desk;
  private String auditor = "";

  @BeforeEach
  void start() {
    desk = Desk.in(folder);
    auditor = desk.token("ward", Role.AUDITOR);
    desk.declare(
        """
        {'parties':[{'id':'vault-party','name':'vault party','role':'operator'}],
         'sites':[
           {'id':'hall','name':'Hall','operator':'north','destination':'JP','latitude':34.7,
            'longitude':135.5,'radiusKm':5},
           {'id':'vault-site','name':'The vault','operator':'vault-party','destination':'JP',
            'latitude':35.7,'longitude':139.5,'radiusKm':5}],
         'hosts':[{'id':'rack-1','site':'hall'},{'id':'vault-host','site':'vault-site'}],
         'chips':[{'id':'c-1','model':'H100','host':'rack-1'},
           {'id':'vault-chip','aliases':['vault-alias'],'model':'H100','host':'vault-host'},
           {'id':'vault-loose','model':'H100'}]}
        """);
    said("/api/v1/comments", "{'subject':'vault-site','text':'vault word of the site'}");
    said("/api/v1/comments", "{'subject':'vault-chip','text':'vault word of a chip'}");
    said(
        "/api/v1/sites/vault-site/notes",
        "{'title':'vault title','kind':'other','text':'vault text','language':'en'}");
    said(
        "/api/v1/decisions",
        "{'item':'H200','to':'SG','parentHq':'CN','date':'2026-02-01','endUser':'vault-user'}");
    said(
        "/api/v1/custody",
        "{'kind':'outage','site':'vault-site','from':'2026-11-01T12:00:00.000Z',"
            + "'until':'2026-11-01T13:00:00.000Z'}");
    disclose("ward", "hall");
    disclose("vault-auditor", "vault-site");
    desk.token("vault-token", Role.AUDITOR);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private void said(String path, String json) {
    Answer answer = desk.post(path, json.replace('\'', '"'));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private void disclose(String to, String site) {
    said(
        "/api/v1/disclosures",
        "{'auditor':'%s','site':'%s','from':'%s','until':'%s'}"
            .formatted(
                to,
                site,
                StatementTime.print(Desk.NOON.minusSeconds(60)),
                StatementTime.print(Desk.NOON.plusSeconds(3600))));
  }

  /** Every path of an operation, with every name in the place of its parameters. */
  private static List<String> paths(OpenApi.Operation operation) {
    List<String> paths = new ArrayList<>();
    if (operation.path().contains("{id}")) {
      NAMES.forEach(name -> paths.add(operation.path().replace("{id}", name)));
      paths.add(operation.path().replace("{id}", "1"));
    } else {
      paths.add(operation.path());
    }
    return paths.stream()
        .flatMap(path ->
            path.contains("{")
                ? Stream.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
                    .map(number -> path.replaceAll("\\{[a-z]+}", number))
                : Stream.of(path))
        .toList();
  }

  private static List<String> queries(OpenApi.Operation operation) {
    List<String> queries = new ArrayList<>(List.of(""));
    for (String each : operation.queries()) {
      if (!List.of("cursor", "limit", "sort", "order", "width", "k", "nonce").contains(each)) {
        NAMES.forEach(name -> queries.add("?" + each + "=" + name));
      }
    }
    if (operation.queries().contains("question")) {
      // What answers is the site's own, so one question tells as much as many.
      return List.of("?question=vault&language=en");
    }
    return queries;
  }

  @Test
  void nothing_that_was_not_disclosed_occurs_in_any_answer() {
    List<String> asked = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (OpenApi.Operation operation : OpenApi.operations()) {
      if (!operation.method().equals("GET")) {
        continue;
      }
      for (String path : paths(operation)) {
        for (String query : queries(operation)) {
          Answer answer = desk.getAs(auditor, path + query);
          asked.add(path);
          assertThat(answer.status()).as(path + query).isIn(200, 400, 403, 404);
          if (tells(path + query, answer)) {
            told.add(path + query + ": " + answer.text());
          }
        }
      }
    }
    assertThat(told).isEmpty();
    assertThat(asked).hasSizeGreaterThan(200);
    // The same walk finds it where somebody reads all.
    assertThat(desk.get("/api/v1/sites").text()).contains(HIDDEN);
    assertThat(desk.get("/api/v1/sites/vault-site/notes").text()).contains("vault text");
  }

  /** Whether an answer holds more of a hidden thing than the name by which it was asked for. */
  private static boolean tells(String asked, Answer answer) {
    // The question is given back with its answer.
    String text = answer.text().replace("\"question\":\"vault\"", "");
    if (answer.status() != 200) {
      for (String name : NAMES) {
        if (asked.contains(name)) {
          text = text.replace(name, "");
        }
      }
    }
    return text.contains(HIDDEN);
  }

  @Test
  void what_is_hidden_is_answered_like_what_is_not_there() {
    for (String path :
        List.of(
            "sites/%s",
            "hosts/%s",
            "chips/%s",
            "chips/%s/timeline",
            "boards/%s",
            "sites/%s/notes",
            "sites/%s/comments",
            "chips/%s/bundle")) {
      for (String name : List.of("vault-site", "vault-host", "vault-chip", "vault-loose")) {
        Answer hidden = desk.getAs(auditor, "/api/v1/" + path.formatted(name));
        Answer missing = desk.getAs(auditor, "/api/v1/" + path.formatted("none"));
        assertThat(hidden.status()).as(path + " " + name).isEqualTo(missing.status());
        assertThat(hidden.text().replace(name, "none")).isEqualTo(missing.text());
      }
    }
  }

  @Test
  void neither_what_happens_nor_the_entries_are_shown_to_an_auditor() {
    assertThat(desk.getAs(auditor, "/api/v1/events").status()).isEqualTo(403);
    for (int index = 0; index < 5; index++) {
      assertThat(desk.getAs(auditor, "/api/v1/entries/" + index).status()).isEqualTo(403);
    }
  }
}
