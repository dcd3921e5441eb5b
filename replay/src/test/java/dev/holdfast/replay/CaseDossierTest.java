package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Finding;
import dev.holdfast.model.Severity;
import dev.holdfast.trust.store.HeldKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaseDossierTest {
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?i)\\s(src|srcset|action|data|poster|background)\\s*=|@import|url\\((?!#)");

  @TempDir private static Path desk;

  @SuppressWarnings("NullAway.Init") // made before all tests
  private static DossierWorld world;

  private static byte[] page = {};

  @SuppressWarnings("NullAway.Init") // made before all tests
  private static CaseDossier dossier;

  @BeforeAll
  static void make() {
    world = new DossierWorld(desk.resolve("ca"));
    page = world.page(Locale.ENGLISH);
    dossier = CaseDossier.parse(page, "case-3.html");
  }

  @AfterAll
  static void end() {
    world.close();
  }

  private static DossierOutcome verify(byte[] octets, BundleTrust trust) {
    return new DossierVerifier(BundleWorld.MAPS, trust)
        .verify(CaseDossier.parse(octets, "case-3.html"), octets);
  }

  /** The page that whoever forges data would put around them. */
  private static byte[] drawn(CaseDossier forged) {
    SortedMap<Long, byte[]> entries = new TreeMap<>();
    forged.entries().forEach(each -> entries.put(each.index(), each.envelope()));
    DossierEvidence evidence =
        DossierEvidence.of(
            entries,
            name ->
                forged.blobs().stream()
                    .filter(each -> each.name().equals(name))
                    .map(VerdictBundle.Blob::octets)
                    .findFirst(),
            world.own(),
            DossierWorld.ATLAS);
    return DossierPage.octets(forged, evidence, DossierWorld.ATLAS);
  }

  private static CaseDossier with(
      List<CaseDossier.Stated> findings, List<VerdictBundle.Entry> entries) {
    return new CaseDossier(
        dossier.language(),
        dossier.facts(),
        dossier.settings(),
        findings,
        dossier.checkpoint(),
        entries,
        dossier.blobs(),
        dossier.bundles(),
        dossier.leftOut());
  }

  private static void refused(CaseDossier forged, String... reasons) {
    DossierOutcome outcome = verify(drawn(forged), world.trust());
    assertThat(outcome.accepted()).isFalse();
    assertThat(outcome.reasons().toString()).contains(reasons);
  }

  @Test
  void an_untouched_dossier_is_accepted_and_what_follows_is_told_from_what_needs_the_whole_log() {
    DossierOutcome outcome = verify(page, world.trust());
    assertThat(outcome.reasons()).isEmpty();
    assertThat(outcome.followed()).isEqualTo(1);
    assertThat(outcome.openFindings()).singleElement().asString().contains("has said nothing");
    assertThat(outcome.bundles()).isEqualTo(1);
    String text = new String(page, UTF_8);
    assertThat(text)
        .contains("follows from these entries", "needs the whole log", "Host rack-7 is not at")
        .contains("<svg");
  }

  @Test
  void every_language_verifies_and_none_shows_a_raw_key_or_asks_for_anything_elsewhere() {
    for (Locale language : MessageCatalogue.LANGUAGES) {
      byte[] octets = world.page(language);
      assertThat(verify(octets, world.trust()).reasons()).isEmpty();
      String text = new String(octets, UTF_8);
      String shown = text.substring(0, text.indexOf(DossierFile.OPEN));
      assertThat(shown).startsWith(DossierFile.BEGIN + language.getLanguage());
      assertThat(shown).doesNotContain("dossier.", "watch.", "event.", "<script", "<link", "<img");
      assertThat(ELSEWHERE.matcher(shown).find()).isFalse();
      assertThat(shown).contains("default-src 'none'");
    }
  }

  @Test
  void what_strangers_write_is_text_in_the_page_and_in_its_data() {
    String text = new String(page, UTF_8);
    assertThat(text.split("<script", -1)).hasSize(2);
    assertThat(text.split("</script>", -1)).hasSize(2);
    assertThat(text)
        .contains(
            "Hall &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&#39; gnol");
    assertThat(text).doesNotContain("\u202e");
  }

  @Test
  void a_changed_visible_word_is_refused_with_its_line() {
    String text = new String(page, UTF_8);
    String changed = text.replaceFirst("follows from these entries", "follows from those entries");
    assertThat(changed).isNotEqualTo(text);
    assertThat(verify(changed.getBytes(UTF_8), world.trust()).reasons())
        .singleElement()
        .asString()
        .startsWith("page: line ");
  }

  @Test
  void a_changed_entry_is_refused_however_the_page_is_drawn() {
    List<VerdictBundle.Entry> entries = new ArrayList<>(dossier.entries());
    VerdictBundle.Entry act = entries.get((int) world.act);
    String envelope = new String(act.envelope(), UTF_8);
    entries.set(
        (int) world.act,
        new VerdictBundle.Entry(
            act.index(),
            envelope.replaceFirst("\"sig\":\"..", "\"sig\":\"AA").getBytes(UTF_8),
            act.path()));
    refused(with(dossier.findings(), entries), "entry " + world.act + ": ");
  }

  @Test
  void a_changed_finding_is_refused_however_the_page_is_drawn() {
    Finding real = dossier.findings().getFirst().finding();
    Finding lighter =
        new Finding(
            real.kind(),
            Severity.LOW,
            real.subject(),
            real.reason(),
            real.at(),
            real.causes(),
            real.about());
    refused(
        with(
            List.of(
                new CaseDossier.Stated(lighter, true, true, false), dossier.findings().getLast()),
            dossier.entries()),
        "finding other-site of rack-7 does not follow from the entries that are here");
    refused(
        with(
            List.of(new CaseDossier.Stated(real, true, false, false), dossier.findings().getLast()),
            dossier.entries()),
        "and is not said to");
  }

  @Test
  void a_missing_cause_is_refused() {
    List<VerdictBundle.Entry> entries = new ArrayList<>(dossier.entries());
    long cause = dossier.findings().getFirst().finding().causes().getFirst();
    entries.removeIf(each -> each.index() == cause);
    refused(
        with(dossier.findings(), entries),
        "its cause, entry " + cause + ", is not here",
        "does not follow");
  }

  @Test
  void whoever_trusts_another_log_server_or_authority_is_shown_nothing() {
    BundleTrust noServer =
        DossierWorld.trust(world.world.trustFile(), HeldKey.generate(new SecureRandom()));
    assertThat(verify(page, noServer).reasons().toString())
        .contains("entry " + world.declared + " is a ", "of no key that you let declare");
    try (BundleWorld other = new BundleWorld(desk.resolve("other"))) {
      BundleTrust otherLog =
          DossierWorld.trust(
              BundleWorld.trustFile(world.world.authority, other.log, world.world.witness),
              world.server);
      assertThat(verify(page, otherLog).reasons().toString()).contains("checkpoint: ");
      BundleTrust otherWitness =
          DossierWorld.trust(
              BundleWorld.trustFile(world.world.authority, world.world.log, other.witness),
              world.server);
      assertThat(verify(page, otherWitness).reasons().toString()).contains("checkpoint: ");
      BundleTrust otherAuthority =
          DossierWorld.trust(
              BundleWorld.trustFile(other.authority, world.world.log, world.world.witness),
              world.server);
      assertThat(verify(page, otherAuthority).accepted()).isFalse();
    }
  }

  private static void unreadable(byte[] octets, String reason) {
    assertThatExceptionOfType(CodedException.class)
        .isThrownBy(() -> CaseDossier.parse(octets, "case-3.html"))
        .satisfies(refusal -> {
          assertThat(refusal.problem().code()).isEqualTo(ErrorCode.MALFORMED_DOSSIER);
          assertThat(refusal.problem().reason()).contains(reason);
        });
  }

  @Test
  void a_file_that_is_cut_added_to_or_holds_data_twice_is_no_dossier() {
    String text = new String(page, UTF_8);
    unreadable(text.substring(0, text.length() - 10).getBytes(UTF_8), "it does not end as");
    unreadable((text + "\n").getBytes(UTF_8), "it does not end as");
    unreadable(("\n" + text).getBytes(UTF_8), "it does not begin as");
    unreadable(text.replaceFirst("<main>", DossierFile.OPEN).getBytes(UTF_8), "twice");
    unreadable((DossierFile.BEGIN + DossierFile.CLOSE).getBytes(UTF_8), "no data");
    unreadable(text.replace("\"page\":1", "\"page\":2").getBytes(UTF_8), "pages of number 1");
  }

  @Test
  void a_finding_that_is_not_shown_says_so_and_what_was_left_out_is_counted() {
    Finding real = dossier.findings().getFirst().finding();
    CaseDossier poorer =
        new CaseDossier(
            dossier.language(),
            dossier.facts(),
            dossier.settings(),
            List.of(new CaseDossier.Stated(real, false, false, false)),
            dossier.checkpoint(),
            List.of(dossier.entries().getFirst()),
            List.of(),
            List.of(),
            new CaseDossier.LeftOut(7, 8, 9));
    byte[] octets = drawn(poorer);
    DossierOutcome outcome = verify(octets, world.trust());
    assertThat(outcome.reasons()).isEmpty();
    assertThat(outcome.openFindings()).hasSize(1);
    assertThat(new String(octets, UTF_8))
        .contains("its entries are not in this file")
        .contains("7 findings, 8 entries and 9 verdicts are left out");
  }
}
