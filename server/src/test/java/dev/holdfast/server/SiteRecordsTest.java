package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a site is read to be said in words, and by whom. */
final class SiteRecordsTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final String REASON = StateJson.of(Reason.of("reason.no-bounds"));

  @TempDir private Path folder;
  private Views views;

  @BeforeEach
  void fill() {
    views = Views.open(folder);
    Handle write = views.writer();
    ViewWriter writer = new ViewWriter(write);
    for (String site : List.of("hall", "other")) {
      write.execute(
          "INSERT INTO site VALUES (?, 'Hall A', 'north', 'JP', 34.7, 135.5, 5, NULL, 0, NULL)",
          site);
      write.execute(
          "INSERT INTO host (id, site, place, reason, judged, simulated, state)"
              + " VALUES (?, ?, 'UNPROVEN', ?, ?, 0, '')",
          "rack-" + site,
          site,
          REASON,
          NOON.toEpochMilli());
      write.execute(
          "INSERT INTO chip (id, model, host, aliases, simulated, site) VALUES (?, 'H100', ?, '[]', 0, ?)",
          "chip-" + site,
          "rack-" + site,
          site);
      write.execute(
          "INSERT INTO board (id, basis, grade, since, heard, members, away, host, site, simulated,"
              + " state) VALUES (?, 'signed', 'intact', 0, 0, 1, 0, ?, ?, 0, ?)",
          "board-" + site,
          "rack-" + site,
          site,
          StateJson.of(SiteTextsTest.board("board-" + site)));
      for (long minutes : new long[] {-10, 10}) {
        long at = NOON.plusSeconds(60 * minutes).toEpochMilli();
        write.execute(
            "INSERT INTO verdict (idx, at, host, site, kind, subject, question, value, verdict,"
                + " reason, coalition, simulated, state) VALUES (1, ?, ?, ?, 'host', 'x', 'within',"
                + " '', 'UNPROVEN', ?, '[]', 0, '')",
            at,
            "rack-" + site,
            site,
            REASON);
      }
      write.execute(
          "INSERT INTO known_chip (id, chip, link, state) VALUES (?, ?, 'host-declared', '')",
          "key-" + site,
          "chip-" + site);
      for (String subject : List.of("rack-", "key-", "board-", "nothing-")) {
        write.execute(
            "INSERT INTO finding (idx, at, kind, subject, reason, simulated) VALUES (1, 0, 'k', ?, ?, 0)",
            subject + site,
            REASON);
      }
      for (long minutes : new long[] {-10, 10}) {
        long index = 100 + minutes + (site.equals("hall") ? 0 : 1);
        Instant at = NOON.plusSeconds(60 * minutes);
        writer.note(SiteTextsTest.note(site, "Title", "Text " + index), at, index);
        writer.event(
            new ViewWriter.Event(
                index + 200,
                at,
                "comment",
                "none",
                Reason.of("event.comment", "a", "b"),
                site,
                site,
                "server:x",
                false,
                false));
      }
    }
    writer.decision(SiteTextsTest.decision("The HALL of Osaka"), NOON, 201);
    writer.decision(SiteTextsTest.decision("Marshall"), NOON, 202);
    writer.decision(SiteTextsTest.decision("hall a"), NOON, 203);
  }

  @AfterEach
  void close() {
    views.close();
  }

  private List<String> names(String site, @Nullable List<Asked.Disclosed> disclosed) {
    MessageCatalogue catalogue = MessageCatalogue.in(Locale.ENGLISH);
    return new SiteRecords(views)
        .find(site, new Asked(name -> null, catalogue, disclosed, NOON)).stream()
            .flatMap(record -> SiteTexts.of(record, catalogue).stream())
            .map(SiteText::name)
            .toList();
  }

  private static List<Asked.Disclosed> hall(long from, long until) {
    return List.of(
        new Asked.Disclosed("hall", NOON.plusSeconds(60 * from), NOON.plusSeconds(60 * until)));
  }

  @Test
  void whoever_reads_all_finds_everything_of_the_site_and_nothing_of_others() {
    assertThat(names("hall", null))
        .containsExactly(
            "site hall",
            "host rack-hall",
            "host rack-hall: verdict",
            "chip chip-hall",
            "board board-hall",
            "verdict 2",
            "verdict 1",
            "finding 3",
            "finding 2",
            "finding 1",
            "decision 203",
            "decision 201",
            "note 110",
            "note 90",
            "comment 310",
            "comment 290");
    assertThat(names("nowhere", null)).isEmpty();
  }

  @Test
  void an_auditor_finds_what_was_disclosed() {
    assertThat(names("hall", hall(-5, 15)))
        .containsExactly(
            "site hall",
            "host rack-hall",
            "host rack-hall: verdict",
            "chip chip-hall",
            "board board-hall",
            "verdict 2",
            "note 110",
            "comment 310");
    assertThat(names("hall", hall(-15, -5)))
        .containsExactly(
            "site hall", "host rack-hall", "chip chip-hall", "verdict 1", "note 90", "comment 290");
    assertThat(names("other", hall(-15, 15))).isEmpty();
  }

  @Test
  void a_finding_about_a_chip_leads_to_the_chip_as_it_is_listed() {
    MessageCatalogue catalogue = MessageCatalogue.in(Locale.ENGLISH);
    SiteRecord record =
        new SiteRecords(views)
            .find("hall", new Asked(name -> null, catalogue, null, NOON))
            .orElseThrow();
    assertThat(SiteTexts.of(record, catalogue))
        .filteredOn(text -> text.name().startsWith("finding"))
        .extracting(SiteText::link)
        .containsExactly("#/boards/board-hall", "#/chips/chip-hall", "#/fleet?host=rack-hall");
  }
}
