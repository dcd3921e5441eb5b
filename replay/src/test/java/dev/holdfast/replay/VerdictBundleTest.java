package dev.holdfast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.ledger.Hash;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Role;
import dev.holdfast.model.Subject;
import dev.holdfast.model.Verdict;
import dev.holdfast.replay.BundleOutcome.Difference;
import dev.holdfast.replay.BundleOutcome.Differs;
import dev.holdfast.replay.BundleOutcome.NotShown;
import dev.holdfast.replay.BundleOutcome.Same;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Identity;
import dev.holdfast.trust.store.AuthorityFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerdictBundleTest {
  @TempDir private Path desk;
  private BundleWorld world;
  private VerdictBundle bundle;

  @BeforeEach
  void make() {
    world = new BundleWorld(desk.resolve("ca"));
    bundle = world.bundle();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private static BundleOutcome verify(VerdictBundle bundle, String trust) {
    VerdictBundle received = VerdictBundle.parse(bundle.octets(), "bundle");
    assertThat(received).isEqualTo(bundle);
    return new BundleVerifier(
            BundleWorld.MAPS, BundleTrust.parse(trust.getBytes(UTF_8), "trust.yaml"))
        .verify(received);
  }

  private BundleOutcome verify(VerdictBundle changed) {
    return verify(changed, world.trustFile());
  }

  private VerdictBundle with(
      BundleQuestion question, List<VerdictBundle.Entry> entries, List<VerdictBundle.Blob> blobs) {
    return new VerdictBundle(question, bundle.answer(), bundle.checkpoint(), entries, blobs);
  }

  private VerdictBundle withEntries(List<VerdictBundle.Entry> entries) {
    return with(bundle.question(), entries, bundle.blobs());
  }

  private static void notShown(BundleOutcome outcome, String... reasons) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            NotShown.class, shown -> assertThat(shown.reasons().toString()).contains(reasons));
  }

  private static void differs(BundleOutcome outcome, Difference... some) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Differs.class, differs -> assertThat(differs.differences()).contains(some));
  }

  private static byte[] flipped(byte[] octets) {
    byte[] changed = octets.clone();
    changed[changed.length / 2] ^= 1;
    return changed;
  }

  @Test
  void a_bundle_that_was_made_verifies_elsewhere() {
    assertThat(bundle.entries()).hasSize(6);
    assertThat(bundle.blobs()).hasSize(3);
    assertThat(verify(bundle))
        .isInstanceOfSatisfying(
            Same.class,
            same -> {
              assertThat(same.unused()).isEmpty();
              assertThat(same.report().verdicts())
                  .extracting(Verdict::value)
                  .containsExactly(Verdict.Value.PROVED, Verdict.Value.PROVED);
            });
  }

  @Test
  void any_spelling_of_its_json_is_read_and_one_is_printed() {
    String plain = new String(bundle.octets(), UTF_8);
    byte[] spaced = (" " + plain.replace("\",\"", "\" ,\n\"")).getBytes(UTF_8);
    assertThat(VerdictBundle.parse(spaced, "spaced").octets()).isEqualTo(bundle.octets());
    assertThat(plain).startsWith("{\"answer\":");
  }

  @Test
  void a_byte_in_an_entry_is_found() {
    List<VerdictBundle.Entry> entries = new ArrayList<>(bundle.entries());
    VerdictBundle.Entry third = entries.get(2);
    entries.set(2, new VerdictBundle.Entry(third.index(), flipped(third.envelope()), third.path()));
    notShown(verify(withEntries(entries)), "entry 2: ");
  }

  @Test
  void a_byte_in_a_blob_is_found() {
    VerdictBundle.Blob first = bundle.blobs().getFirst();
    List<VerdictBundle.Blob> blobs = new ArrayList<>(bundle.blobs());
    blobs.set(0, new VerdictBundle.Blob(first.name(), flipped(first.octets())));
    notShown(
        verify(with(bundle.question(), bundle.entries(), blobs)), "blob " + first.name() + ": ");
  }

  @Test
  void a_byte_in_a_path_is_found() {
    List<VerdictBundle.Entry> entries = new ArrayList<>(bundle.entries());
    VerdictBundle.Entry last = entries.getLast();
    List<Hash> path = new ArrayList<>(last.path());
    path.set(0, Hash.of(flipped(path.getFirst().octets())));
    entries.set(5, new VerdictBundle.Entry(last.index(), last.envelope(), path));
    notShown(verify(withEntries(entries)), "entry 5: ");
  }

  @Test
  void another_size_in_the_checkpoint_is_found() {
    String note = bundle.checkpoint().note().toString().replace("\n6\n", "\n7\n");
    VerdictBundle changed =
        new VerdictBundle(
            bundle.question(),
            bundle.answer(),
            SignedCheckpoint.parse(note.getBytes(UTF_8)),
            bundle.entries(),
            bundle.blobs());
    notShown(verify(changed), "checkpoint: ");
  }

  @Test
  void another_answer_is_found_and_what_differs_is_named() {
    String answer = new String(CanonicalJson.octets(bundle.answer()), UTF_8);
    byte[] changed = answer.replaceFirst("\"PROVED\"", "\"REFUTED\"").getBytes(UTF_8);
    VerdictBundle lie =
        new VerdictBundle(
            bundle.question(),
            (ObjectNode) BoundedJson.read(changed, "answer", JsonLimits.ofOctets(1 << 20)),
            bundle.checkpoint(),
            bundle.entries(),
            bundle.blobs());
    assertThat(verify(lie))
        .isInstanceOfSatisfying(
            Differs.class,
            differs ->
                assertThat(differs.differences())
                    .containsExactly(
                        new Difference("/answers/0/verdict", "\"REFUTED\"", "\"PROVED\"")));
  }

  @Test
  void a_landmark_that_was_dropped_is_found() {
    differs(
        verify(withEntries(bundle.entries().subList(0, 4))),
        new Difference("/window/used", "3", "2"));
  }

  @Test
  void another_window_and_other_faults_are_found() {
    Settings longer = new Settings(0, Duration.ofMinutes(20), Settings.DEFAULT.slowerSpeed());
    differs(
        verify(with(world.question(longer), bundle.entries(), bundle.blobs())),
        new Difference("/window/length", "\"PT10M\"", "\"PT20M\""));
    differs(
        verify(
            with(
                world.question(Settings.DEFAULT.withToleratedFaults(1)),
                bundle.entries(),
                bundle.blobs())),
        new Difference("/toleratedFaults", "0", "1"));
  }

  @Test
  void whoever_trusts_another_authority_log_or_witness_is_shown_nothing() {
    try (BundleWorld other = new BundleWorld(desk.resolve("other"))) {
      notShown(
          verify(bundle, BundleWorld.trustFile(other.authority, world.log, world.witness)),
          "entry 1: host:rack-7",
          "does not chain");
      notShown(
          verify(bundle, BundleWorld.trustFile(world.authority, other.log, world.witness)),
          "checkpoint: ");
      notShown(
          verify(bundle, BundleWorld.trustFile(world.authority, world.log, other.witness)),
          "checkpoint: the quorum is missing");
    }
  }

  @Test
  void landmarks_of_operators_that_the_reader_does_not_accept_do_not_count() {
    assertThat(verify(bundle, world.trustFile() + "operators: [north, east]\n"))
        .isInstanceOfSatisfying(
            Differs.class,
            differs -> {
              assertThat(differs.differences()).contains(new Difference("/window/used", "3", "2"));
              assertThat(differs.unused().toString())
                  .contains("you do not accept south", "entry 2 is not used", "entry 3", "blob ");
            });
    assertThat(verify(bundle, world.trustFile() + "operators: [north, east, south]\n"))
        .isInstanceOf(Same.class);
  }

  @Test
  void a_reader_with_a_list_of_revocations_gets_the_same_answer_and_is_told_of_the_list() {
    world.authority.revoke(
        world
            .enrol(new Identity(Role.HOST, "gone", null, Subject.Binding.FILE, false))
            .certificate(),
        AuthorityFolder.Reason.UNSPECIFIED);
    String lists =
        world.trustFile()
            + "revocations:\n  - |\n"
            + BundleWorld.pem(world.authority.revocationsFile());
    assertThat(verify(bundle, lists))
        .isInstanceOfSatisfying(
            Same.class,
            same ->
                assertThat(same.report().verdicts().getFirst().assumptions())
                    .extracting(Reason::code)
                    .contains("assumption.revocation-checked"));
    world.authority.revoke(world.host.certificate(), AuthorityFolder.Reason.KEY_COMPROMISE);
    String revoked =
        world.trustFile()
            + "revocations:\n  - |\n"
            + BundleWorld.pem(world.authority.revocationsFile());
    notShown(verify(bundle, revoked), "was revoked");
  }

  @Test
  void what_the_answer_does_not_stand_on_is_left_out_by_the_maker_and_told_by_the_verifier() {
    world.measure(
        "lon-1",
        "west",
        51.5,
        -0.12,
        world.enrol(new Identity(Role.HOST, "rack-8", null, Subject.Binding.FILE, false)));
    VerdictBundle grown = world.bundle();
    assertThat(grown.entries()).hasSize(6);
    assertThat(grown.blobs()).hasSize(3);
    assertThat(verify(grown)).isInstanceOf(Same.class);
    List<VerdictBundle.Entry> more = new ArrayList<>(grown.entries());
    more.add(world.entry(6));
    VerdictBundle padded =
        new VerdictBundle(
            grown.question(), grown.answer(), grown.checkpoint(), more, grown.blobs());
    assertThat(verify(padded))
        .isInstanceOfSatisfying(
            Same.class,
            same ->
                assertThat(same.unused())
                    .containsExactly("entry 6 is not used: no round of it counts for this key"));
  }

  @Test
  void without_rounds_nothing_is_proved_and_that_can_be_shown_too() {
    VerdictBundle empty =
        new VerdictBundle(
            bundle.question(), bundle.answer(), bundle.checkpoint(), List.of(), List.of());
    assertThat(verify(empty))
        .isInstanceOfSatisfying(
            Differs.class,
            differs ->
                assertThat(differs.report().verdicts())
                    .extracting(Verdict::value)
                    .containsOnly(Verdict.Value.UNPROVEN));
  }
}
