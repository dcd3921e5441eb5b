package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Times;
import dev.holdfast.detect.CaseBook;
import dev.holdfast.detect.HostFold;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened in a case, in one sentence, and where it was heard, as the views tell. */
final class CaseSentenceTest {
  private static final Instant GONE = Instant.parse("2026-02-03T08:00:00Z");
  private static final Instant BACK = Instant.parse("2026-02-11T10:00:00Z");
  private static final Instant NOW = Instant.parse("2026-02-12T10:00:00Z");

  @TempDir private Path folder;
  private Views views;
  private ViewWriter writer;
  private final CaseBook book = new CaseBook();

  @BeforeEach
  void declare() {
    views = Views.open(folder);
    writer = new ViewWriter(views.writer());
    site("hall", "Johor Hall 2", "MY", 1.5, 103.7);
    site("shed", "Shed 9", "KP", 39.0, 125.7);
    host("rack-1", "hall");
    host("rack-2", "shed");
    writer.tick(900, NOW);
  }

  @AfterEach
  void close() {
    views.close();
  }

  private void site(String id, String name, String destination, double latitude, double longitude) {
    views
        .writer()
        .execute(
            "INSERT INTO site VALUES (?, ?, 'north', ?, ?, ?, 5, NULL, 0, NULL)",
            id,
            name,
            destination,
            latitude,
            longitude);
  }

  private void host(String id, String site) {
    views
        .writer()
        .execute(
            "INSERT INTO host (id, site, place, simulated, state) VALUES (?, ?, 'SILENT', 0, '')",
            id,
            site);
  }

  private void find(
      String kind,
      Severity severity,
      String subject,
      Instant at,
      List<String> about,
      String... said) {
    Finding finding =
        new Finding(
            kind, severity, subject, Reason.of("watch." + kind, said), at, List.of(7L), about);
    long row = writer.finding(finding, 8, false, true);
    book.add(finding).ifPresent(change -> writer.cases().changed(change, List.of(row), false));
  }

  private void silent(String chip, Instant since) {
    find(
        "long-silent-after-inspection",
        Severity.MEDIUM,
        chip,
        since.plus(Duration.ofDays(7)),
        List.of("chip:" + chip, "host:rack-1", "site:hall"),
        chip,
        "hall",
        Times.print(since));
  }

  private void moved(String chip) {
    find(
        "chip-at-other-site",
        Severity.HIGH,
        chip,
        BACK,
        List.of("chip:" + chip, "host:rack-2", "site:shed", "host:rack-1", "site:hall"),
        chip,
        "hall",
        "shed");
  }

  private void inspect(String at) {
    views
        .writer()
        .execute(
            "INSERT INTO custody VALUES (7, 0, 'inspection', 'visit-1', 'hall', 'admin', ?)",
            "{\"at\":\"" + at + "\"}");
  }

  private void signed(String chip, String host, Instant... at) {
    for (Instant each : at) {
      writer.event(
          new ViewWriter.Event(
              5,
              each,
              "evidence",
              "none",
              Reason.of("event.evidence", chip, host, "H100"),
              host,
              chip,
              "agent",
              false,
              false));
    }
  }

  private void judged(String host, String site, Instant at, String verdict) {
    views
        .writer()
        .execute(
            "INSERT INTO verdict (idx, at, host, site, kind, subject, question, value, verdict,"
                + " reason, coalition, simulated, state) VALUES (6, ?, ?, ?, 'key', ?, 'within',"
                + " '', ?, '', '[]', 0, '')",
            at.toEpochMilli(),
            host,
            site,
            host,
            verdict);
  }

  private String brief(Locale language) {
    return views.read(handle -> new CaseSentence(handle, 1, MessageCatalogue.in(language)).brief());
  }

  private String full(Locale language) {
    return views.read(handle ->
        new CaseSentence(handle, 1, MessageCatalogue.in(language))
            .full(CasePath.read(handle, 1), form(handle)));
  }

  private static CasePathForm form(Handle handle) {
    NaturalEarth earth = NaturalEarth.load();
    Atlas atlas =
        Atlas.of(
            earth.map(),
            Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
            Atlas.DEFAULT_MARGIN);
    return new CasePathForm(
        handle, new ReportForm(new HostFold(atlas, Settings.DEFAULT, Duration.ofHours(1))));
  }

  @Test
  void chips_that_fell_silent_after_an_inspection_and_are_heard_abroad_are_one_sentence() {
    inspect("2026-02-01T09:00:00.000Z");
    for (String chip : List.of("c-1", "c-2")) {
      silent(chip, GONE);
      moved(chip);
    }
    assertThat(full(Locale.ENGLISH))
        .isEqualTo(
            "On 2026-02-03 2 chips of Johor Hall 2 fell silent, after an inspection on 2026-02-01;"
                + " since 2026-02-11 they are heard at Shed 9, 4,720 km away, where the host is"
                + " declared to be.");
    assertThat(full(Locale.CHINESE))
        .contains("2026-02-03，Johor Hall 2 的 2 枚芯片失去音讯")
        .contains("它们出现在 4,720 公里外的 Shed 9")
        .endsWith("。");
    assertThat(full(Locale.JAPANESE))
        .contains("2026-02-03、Johor Hall 2 のチップ 2 個から応答がなくなりました")
        .contains("4,720 km 離れた Shed 9 で確認されています")
        .endsWith("。");
  }

  @Test
  void of_all_that_happened_the_short_sentence_says_the_heaviest() {
    silent("c-1", GONE);
    assertThat(brief(Locale.ENGLISH))
        .isEqualTo("On 2026-02-03 a chip of Johor Hall 2 fell silent.");
    moved("c-1");
    assertThat(brief(Locale.ENGLISH))
        .startsWith("Since 2026-02-11 a chip of Johor Hall 2 is heard at Shed 9, 4,720 km away");
  }

  @Test
  void chips_that_go_one_by_one_fall_silent_between_two_days() {
    silent("c-1", GONE);
    silent("c-2", GONE.plus(Duration.ofDays(5)));
    assertThat(full(Locale.ENGLISH))
        .isEqualTo(
            "Between 2026-02-03 and 2026-02-08 2 chips of Johor Hall 2 fell silent one after"
                + " another.");
  }

  @Test
  void a_kind_without_words_of_its_own_is_told_by_the_finding_itself() {
    find(
        "power-too-small", Severity.MEDIUM, "hall", GONE, List.of("site:hall"), "hall", "10", "64");
    assertThat(full(Locale.ENGLISH))
        .isEqualTo("On 2026-02-03: Site hall declares 10 kW, too little for the 64 chips there.");
  }

  @Test
  void every_kind_of_finding_makes_a_sentence_in_every_language() {
    List<String> kinds =
        List.of(
            "other-site",
            "key-in-two-places",
            "identity-in-two-places",
            "cohesion-lost",
            "identity-swapped",
            "transfer-contradicted",
            "outside-licence",
            "fewer-inspected");
    for (String kind : kinds) {
      find(kind, Severity.HIGH, kind, GONE, List.of("host:rack-1", "chip:" + kind), "a", "3", "8");
      for (Locale language : MessageCatalogue.LANGUAGES) {
        assertThat(brief(language)).as(kind).contains("2026-02-03").doesNotContain("{");
      }
    }
    // Three things are a sentence; more would be a list.
    assertThat(full(Locale.ENGLISH).split(";")).hasSize(3);
  }

  private List<CasePath.Stop> path() {
    return views.read(handle -> CasePath.read(handle, 1)).stops();
  }

  @Test
  void the_path_goes_from_a_proved_site_over_silence_to_a_site_that_is_only_claimed() {
    moved("c-1");
    judged("rack-1", "hall", GONE.minus(Duration.ofDays(9)), "PROVED");
    signed("c-1", "rack-1", GONE.minus(Duration.ofHours(9)), GONE);
    signed("c-1", "rack-2", BACK, NOW.minus(Duration.ofHours(1)));
    assertThat(path())
        .extracting(CasePath.Stop::basis, CasePath.Stop::site, CasePath.Stop::chips)
        .containsExactly(
            tuple(CasePath.Basis.PROVED, "hall", 1),
            tuple(CasePath.Basis.UNHEARD, "hall", 1),
            tuple(CasePath.Basis.CLAIMED, "shed", 1));
    CasePath.Stop way = path().get(1);
    assertThat(way.since()).isEqualTo(GONE.toEpochMilli());
    assertThat(way.until()).isEqualTo(BACK.toEpochMilli());
  }

  @Test
  void what_was_not_heard_for_a_day_is_unheard_without_an_end() {
    silent("c-1", GONE);
    signed("c-1", "rack-1", GONE.minus(Duration.ofHours(9)), GONE);
    assertThat(path())
        .extracting(CasePath.Stop::basis)
        .containsExactly(CasePath.Basis.CLAIMED, CasePath.Basis.UNHEARD);
    assertThat(path().getLast().until()).isNull();
  }

  @Test
  void what_comes_back_after_a_silence_stops_at_its_site_twice_and_is_proved_anew_or_not() {
    silent("c-1", GONE);
    judged("rack-1", "hall", GONE.minus(Duration.ofDays(8)), "PROVED");
    judged("rack-1", "hall", BACK.plus(Duration.ofHours(1)), "UNPROVEN");
    signed("c-1", "rack-1", GONE.minus(Duration.ofHours(20)), GONE, BACK, NOW);
    assertThat(path())
        .extracting(CasePath.Stop::basis, CasePath.Stop::since, CasePath.Stop::until)
        .containsExactly(
            tuple(
                CasePath.Basis.PROVED,
                GONE.minus(Duration.ofHours(20)).toEpochMilli(),
                GONE.toEpochMilli()),
            tuple(CasePath.Basis.UNHEARD, GONE.toEpochMilli(), BACK.toEpochMilli()),
            tuple(CasePath.Basis.CLAIMED, BACK.toEpochMilli(), NOW.toEpochMilli()));
  }

  @Test
  void a_stay_is_cut_where_rounds_begin_to_exclude_the_declared_site() {
    silent("c-1", GONE);
    Instant began = GONE.minus(Duration.ofDays(20));
    Instant excluded = GONE.minus(Duration.ofDays(3));
    judged("rack-1", "hall", began, "PROVED");
    judged("rack-1", "hall", excluded, "REFUTED");
    judged("rack-1", "hall", GONE.minus(Duration.ofDays(2)), "UNPROVEN");
    for (Instant at = began; !at.isAfter(NOW); at = at.plus(Duration.ofHours(1))) {
      signed("c-1", "rack-1", at);
    }
    assertThat(path())
        .extracting(CasePath.Stop::basis, CasePath.Stop::since, CasePath.Stop::until)
        .containsExactly(
            tuple(CasePath.Basis.PROVED, began.toEpochMilli(), excluded.toEpochMilli()),
            tuple(CasePath.Basis.BOUNDED, excluded.toEpochMilli(), NOW.toEpochMilli()));
  }

  @Test
  void where_no_chip_signs_the_host_is_followed() {
    silent("c-1", GONE);
    judged("rack-1", "hall", GONE.minus(Duration.ofDays(9)), "PROVED");
    views.writer().execute("UPDATE host SET heard = ? WHERE id = 'rack-1'", GONE.toEpochMilli());
    assertThat(path()).hasSize(2);
    assertThat(path().getFirst().chips()).isZero();
    assertThat(path().getFirst().hosts()).containsExactly("rack-1");
  }
}
