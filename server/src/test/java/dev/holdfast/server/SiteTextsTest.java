package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.attest.Board;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.detect.ChipState.Signed;
import dev.holdfast.detect.PlaceState;
import dev.holdfast.model.Distance;
import dev.holdfast.model.Position;
import dev.holdfast.model.Reason;
import dev.holdfast.policy.KeptDecision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What can be read of a site in words, from a record made by hand. */
final class SiteTextsTest {
  private static final Instant AT = Instant.parse("2026-10-30T08:00:00Z");
  private static final MessageCatalogue ENGLISH = MessageCatalogue.in(Locale.ENGLISH);

  static NoteStatement note(String site, String title, String text) {
    return new NoteStatement(
        "ward", Role.AUDITOR, site, NoteStatement.Kind.INSPECTION, title, text, "ja", null, null);
  }

  static DecisionStatement decision(String endUser) {
    return new DecisionStatement(
        "ex",
        new KeptDecision(
            Map.of(
                "item", "H200 SXM",
                "to", "JP",
                "endUser", endUser,
                "date", "2026-10-01",
                "knownOn", "2026-10-01"),
            "no-licence-required",
            List.of("R1"),
            "0".repeat(64)));
  }

  static Board board(String id) {
    TreeSet<String> marks = new TreeSet<>(List.of("switch-1"));
    TreeMap<String, Board.Member> members = new TreeMap<>();
    members.put("c-1", new Board.Member("c-1", AT, AT, "rack 1", marks, AT, null));
    return new Board(
        id,
        Board.Basis.SIGNED,
        marks,
        members,
        List.of(new Board.Change(AT, Board.Grade.INTACT, 3)));
  }

  private static SiteRecord record(String longText) {
    Reason reason = Reason.of("reason.country-open-alone", "JP", "5");
    return new SiteRecord(
        new FleetItem.Site(
            "hall/1",
            "Hall A",
            "north",
            "JP",
            new Position(34.7, 135.5),
            Distance.ofKilometres(5),
            21.0,
            null,
            true),
        List.of(
            new SiteRecord.Host("rack 1", PlaceState.PROVED, reason, AT, false),
            new SiteRecord.Host("rack 2", PlaceState.SILENT, null, null, false)),
        List.of(
            new SiteRecord.Chip(
                new FleetItem.Chip("c-1", List.of("GPU-7", "S/N 8"), "H100", "rack 1", false),
                new Signed("rack 1", "k", "root", AT, 4, true, true, null, null)),
            new SiteRecord.Chip(new FleetItem.Chip("c-2", List.of(), "H100", null, false), null)),
        List.of(new SiteRecord.Standing(board("board-1"), false)),
        List.of(new SiteRecord.Changed(7, "rack 1", AT, "UNPROVEN", reason, true)),
        List.of(new SiteRecord.Found(2, "chip", "c-1", AT, reason, false)),
        List.of(new SiteRecord.Decided(15, decision("Hall A & Co"))),
        List.of(new SiteRecord.Noted(12, note("hall/1", "封印", longText))),
        List.of(new SiteRecord.Commented(13, Reason.of("event.comment", "admin", "<b>Seen</b>"))));
  }

  @Test
  void each_thing_has_its_name_its_words_and_its_place() {
    assertThat(SiteTexts.of(record("ラック17。\n以上。"), ENGLISH))
        .containsExactly(
            new SiteText(
                SiteText.Kind.SITE,
                "site hall/1",
                "Site Hall A (hall/1) in Japan, of operator north, is declared within 5 km of 34.700,"
                    + " 135.500. Its declared power is 21 kW. This is simulated.",
                "#/sites/hall%2F1"),
            new SiteText(
                SiteText.Kind.HOST,
                "host rack 1",
                "Host rack 1 is declared at site Hall A.",
                "#/fleet?host=rack%201"),
            new SiteText(
                SiteText.Kind.VERDICT,
                "host rack 1: verdict",
                "The key of host rack 1 at 2026-10-30 08:00:00 UTC: Proved. The bounds allow places within 5"
                    + " km of JP, and others that are not.",
                "#/fleet?host=rack%201"),
            new SiteText(
                SiteText.Kind.HOST,
                "host rack 2",
                "Host rack 2 is declared at site Hall A.",
                "#/fleet?host=rack%202"),
            new SiteText(
                SiteText.Kind.CHIP,
                "chip c-1",
                "Chip c-1 of model H100 is listed in host rack 1. It is also known as GPU-7, S/N 8."
                    + " It signed for the key of host rack 1 at 2026-10-30 08:00:00 UTC; a relay is"
                    + " not excluded.",
                "#/chips/c-1"),
            new SiteText(
                SiteText.Kind.CHIP,
                "chip c-2",
                "Chip c-2 of model H100 is listed in host -.",
                "#/chips/c-2"),
            new SiteText(
                SiteText.Kind.BOARD,
                "board board-1",
                "board-1 is intact: all chips that were ever on it (1) name its switches.",
                "#/boards/board-1"),
            new SiteText(
                SiteText.Kind.VERDICT,
                "verdict 7",
                "The key of host rack 1 at 2026-10-30 08:00:00 UTC: Unproven. The bounds allow places within"
                    + " 5 km of JP, and others that are not. This is simulated.",
                "#/fleet?host=rack%201"),
            new SiteText(
                SiteText.Kind.FINDING,
                "finding 2",
                "Found at 2026-10-30 08:00:00 UTC: The bounds allow places within 5 km of JP, and"
                    + " others that are not.",
                "#/chips/c-1"),
            new SiteText(
                SiteText.Kind.DECISION,
                "decision 15",
                "ex decided H200 SXM to JP on 2026-10-01: no-licence-required. It was asked with:"
                    + " item H200 SXM, to JP, endUser Hall A & Co, date 2026-10-01, knownOn"
                    + " 2026-10-01.",
                "#/decide?item=H200%20SXM&to=JP&endUser=Hall%20A%20%26%20Co&date=2026-10-01"
                    + "&knownOn=2026-10-01"),
            new SiteText(
                SiteText.Kind.NOTE, "note 12", "封印\n\nラック17。\n以上。", "#/sites/hall%2F1?note=12"),
            new SiteText(
                SiteText.Kind.COMMENT,
                "comment 13",
                "admin wrote: <b>Seen</b>",
                "#/sites/hall%2F1"));
  }

  @Test
  void names_and_places_are_the_same_in_every_language_and_what_people_wrote_too() {
    List<SiteText> english = SiteTexts.of(record("ラック17。"), ENGLISH);
    for (Locale language : List.of(Locale.CHINESE, Locale.JAPANESE)) {
      List<SiteText> others = SiteTexts.of(record("ラック17。"), MessageCatalogue.in(language));
      assertThat(others)
          .extracting(SiteText::name)
          .isEqualTo(english.stream().map(SiteText::name).toList());
      assertThat(others)
          .extracting(SiteText::link)
          .isEqualTo(english.stream().map(SiteText::link).toList());
      for (int i = 0; i < others.size(); i++) {
        boolean own = english.get(i).name().startsWith("note");
        assertThat(others.get(i).text().equals(english.get(i).text())).isEqualTo(own);
      }
    }
    assertThat(english).extracting(SiteText::name).doesNotHaveDuplicates();
  }

  @Test
  void a_text_is_bounded_and_not_cut_within_a_character() {
    SiteText longest =
        SiteTexts.of(record("x".repeat(NoteStatement.LONGEST_TEXT)), ENGLISH).stream()
            .filter(each -> each.name().startsWith("note"))
            .findFirst()
            .orElseThrow();
    assertThat(longest.text()).hasSize(NoteStatement.LONGEST_TEXT + 4);

    SiteRecord record = record("x");
    List<SiteText> cut =
        SiteTexts.of(
            new SiteRecord(
                record.site(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                    new SiteRecord.Commented(
                        1, Reason.of("event.comment", "a", "𠮷".repeat(SiteTexts.LONGEST))),
                    new SiteRecord.Commented(
                        2, Reason.of("event.comment", "ab", "𠮷".repeat(SiteTexts.LONGEST))))),
            ENGLISH);
    for (SiteText each : cut.subList(1, 3)) {
      assertThat(each.text().length()).isBetween(SiteTexts.LONGEST - 1, SiteTexts.LONGEST);
      assertThat(each.text()).endsWith("𠮷");
    }
  }
}
