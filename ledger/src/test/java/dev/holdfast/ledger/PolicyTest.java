package dev.holdfast.ledger;

import static dev.holdfast.base.ErrorCode.MALFORMED_POLICY;
import static dev.holdfast.ledger.Coded.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.base.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the policy file of C2SP tlog-policy. */
final class PolicyTest {
  private static final String LOG = TestKeys.LOG.key().vkey();
  private static final String W1 = TestKeys.WITNESS.key().vkey();
  private static final String W2 = TestKeys.PQ_WITNESS.key().vkey();
  private static final String TWO = "witness A %s\nwitness B %s\n".formatted(W1, W2);

  private static Policy parse(String text) {
    return Policy.parse(text.getBytes(UTF_8), "policy");
  }

  private static Problem refusal(String text) {
    Problem problem = refused(MALFORMED_POLICY, () -> parse(text));
    assertThat(problem.source()).isEqualTo("policy");
    return problem;
  }

  private static String vkey(String name, KeyAlgorithm algorithm) {
    return TestKeys.make(name, algorithm).key().vkey();
  }

  @Test
  void only_the_quorum_is_mandatory() {
    Policy policy = parse("quorum none\n");
    assertThat(policy).isEqualTo(new Policy(List.of(), List.of(), List.of(), "none"));
    assertThat(refusal("").field()).isEqualTo("quorum");
    assertThat(refusal("log " + LOG + "\n").line()).isZero();
  }

  @Test
  void there_is_exactly_one_quorum_line() {
    assertThat(refusal("quorum none\nquorum none\n").line()).isEqualTo(2);
  }

  @Test
  void lines_end_in_newline_the_last_one_too() {
    assertThat(refusal("quorum none").reason()).contains("newline");
    refusal("quorum none\n# comment");
  }

  @Test
  void items_are_separated_and_surrounded_by_any_spaces_and_tabs() {
    assertThat(parse(" \tlog\t \t" + LOG + " \t\n\tquorum  none\t\n"))
        .isEqualTo(Policy.ofLog(TestKeys.LOG.key()));
  }

  @Test
  void empty_lines_and_comments_are_ignored() {
    assertThat(parse("\n \t\n# log x\n \t#quorum\n#\nquorum none\n\n"))
        .isEqualTo(parse("quorum none\n"));
  }

  @Test
  void a_number_sign_after_the_first_item_is_no_comment() {
    refusal("quorum none # none at all\n");
    assertThat(parse("log " + LOG + " #1\nquorum none\n").logs().getFirst().url()).isEqualTo("#1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Log x", "logs x", "LOG x", "qourum none", "\u00e9 x", "log:"})
  void any_other_keyword_is_refused(String line) {
    assertThat(refusal(line + "\nquorum none\n").line()).isEqualTo(1);
  }

  @Test
  void only_tab_and_newline_are_allowed_of_all_control_characters() {
    for (int octet = 0; octet < 256; octet++) {
      byte[] policy = ("# " + (char) octet + "\nquorum none\n").getBytes(ISO_8859_1);
      boolean allowed = octet == '\t' || octet == '\n' || (octet >= 0x20 && octet != 0x7f);
      if (allowed) {
        assertThat(Policy.parse(policy, "policy").quorum()).isEqualTo("none");
      } else {
        refused(MALFORMED_POLICY, () -> Policy.parse(policy, "policy"));
      }
    }
    refusal("quorum none\r\n");
  }

  @Test
  void a_log_has_a_vkey_and_perhaps_an_address() {
    Policy policy = parse("log " + LOG + " https://log.example/\nquorum none\n");
    assertThat(policy.logs())
        .containsExactly(new Policy.LogKey(TestKeys.LOG.key(), "https://log.example/"));
    refusal("log\nquorum none\n");
    refusal("log " + LOG + " url more\nquorum none\n");
    assertThat(refusal("log x+00000000+AQ==\nquorum none\n").field()).isEqualTo("log");
  }

  @Test
  void a_log_may_sign_with_any_type() {
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      String line = "log " + vkey("log.example", algorithm) + "\n";
      assertThat(parse(line + "quorum none\n").logs()).hasSize(1);
    }
  }

  @Test
  void a_witness_has_a_name_a_vkey_and_perhaps_an_address() {
    Policy policy = parse("witness A " + W1 + " https://w.example\nquorum A\n");
    assertThat(policy.witnesses())
        .containsExactly(new Policy.Witness("A", TestKeys.WITNESS.key(), "https://w.example"));
    assertThat(policy.quorum()).isEqualTo("A");
    refusal("witness A\nquorum none\n");
    refusal("witness " + W1 + "\nquorum none\n");
    refusal("witness A " + W1 + " url more\nquorum none\n");
  }

  @Test
  void a_witness_signs_cosignatures_only() {
    assertThat(refusal("witness A " + LOG + "\nquorum A\n").reason()).contains("0x04 or 0x06");
  }

  @Test
  void logs_with_the_same_public_key_are_refused_under_whatever_name_and_type() {
    VerifierKey log = TestKeys.LOG.key();
    String renamed = VerifierKey.of("other", log.algorithm(), log.publicKey()).vkey();
    String retyped = VerifierKey.of("x", KeyAlgorithm.ED25519_COSIGNATURE, log.publicKey()).vkey();
    for (String other : List.of(LOG, renamed, retyped)) {
      Problem problem = refusal("log " + LOG + "\nlog " + other + "\nquorum none\n");
      assertThat(problem.line()).isEqualTo(2);
      assertThat(problem.reason()).contains("public key");
    }
  }

  @Test
  void witnesses_with_the_same_public_key_are_refused_under_whatever_name() {
    VerifierKey witness = TestKeys.WITNESS.key();
    String renamed = VerifierKey.of("other", witness.algorithm(), witness.publicKey()).vkey();
    for (String other : List.of(W1, renamed)) {
      Problem problem = refusal("witness A " + W1 + "\nwitness B " + other + "\nquorum none\n");
      assertThat(problem.line()).isEqualTo(2);
      assertThat(problem.reason()).contains("public key");
    }
  }

  @Test
  void several_logs_may_have_one_name_and_a_log_may_be_a_witness_too() {
    String pqLog = TestKeys.PQ_LOG.key().vkey();
    String text = "log " + LOG + "\nlog " + pqLog + "\nwitness A " + pqLog + "\nquorum A\n";
    assertThat(parse(text).logs()).hasSize(2);
  }

  @Test
  void witnesses_and_groups_share_their_names() {
    refusal("witness A " + W1 + "\nwitness A " + W2 + "\nquorum A\n");
    refusal(TWO + "group A any B\nquorum A\n");
    refusal(TWO + "group G any A\ngroup G any B\nquorum G\n");
  }

  @Test
  void the_name_none_is_taken_and_no_member() {
    refusal("witness none " + W1 + "\nquorum none\n");
    refusal(TWO + "group none any A\nquorum none\n");
    refusal(TWO + "group G any A none\nquorum G\n");
    assertThat(parse("witness None " + W1 + "\nquorum None\n").quorum()).isEqualTo("None");
  }

  @Test
  void keywords_are_names_like_any_others() {
    String text = "witness all %s\nwitness any %s\ngroup 2 2 all any\nquorum 2\n".formatted(W1, W2);
    assertThat(parse(text).groups())
        .containsExactly(new Policy.Group("2", 2, List.of("all", "any")));
  }

  @Test
  void groups_and_the_quorum_refer_only_to_what_stands_above() {
    refusal("group G any A\n" + TWO + "quorum G\n");
    refusal(TWO + "group G any A G\nquorum G\n");
    refusal(TWO + "group G any H\ngroup H any A\nquorum G\n");
    refusal("quorum A\n" + TWO);
    refusal(TWO + "quorum G\ngroup G any A\n");
    refusal(TWO + "quorum C\n");
    assertThat(parse("witness A " + W1 + "\nquorum A\nwitness B " + W2 + "\n").quorum())
        .isEqualTo("A");
  }

  @Test
  void all_is_every_member_and_any_is_one() {
    Policy policy = parse(TWO + "group G all A B\ngroup H any G\nquorum H\n");
    assertThat(policy.groups())
        .containsExactly(
            new Policy.Group("G", 2, List.of("A", "B")), new Policy.Group("H", 1, List.of("G")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "02", "000000001"})
  void a_threshold_is_a_decimal_from_1_to_the_number_of_members(String threshold) {
    assertThat(parse(TWO + "group G " + threshold + " A B\nquorum G\n").groups())
        .containsExactly(new Policy.Group("G", Integer.parseInt(threshold), List.of("A", "B")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "3",
        "-1",
        "+1",
        "1.0",
        "x",
        "ALL",
        "0x1",
        "\u0661",
        "4294967297",
        "99999999999"
      })
  void any_other_threshold_is_refused(String threshold) {
    assertThat(refusal(TWO + "group G " + threshold + " A B\nquorum G\n").field())
        .isEqualTo("group");
  }

  @Test
  void a_group_has_at_least_one_member() {
    refusal("group G all\nquorum G\n");
    refusal("group G any\nquorum G\n");
    refusal("group G 1\nquorum G\n");
    refusal("group G\nquorum none\n");
  }

  @Test
  void each_name_is_a_member_at_most_once_in_the_whole_file() {
    refusal(TWO + "group G any A A\nquorum G\n");
    assertThat(refusal(TWO + "group G any A\ngroup H any A B\nquorum H\n").line()).isEqualTo(4);
    refusal(TWO + "group G any A\ngroup H any G\ngroup I any G\nquorum I\n");
  }

  @Test
  void names_are_opaque_octets() {
    byte[] kelvin =
        "witness \u212a %s\nwitness K %s\nquorum \u212a\n".formatted(W1, W2).getBytes(UTF_8);
    Policy policy = Policy.parse(kelvin, "policy");
    assertThat(policy.witnesses()).hasSize(2);
    assertThat(policy.quorum()).isEqualTo("\u00e2\u0084\u00aa").isNotEqualTo("K");
    assertThat(Policy.shown(policy.quorum())).isEqualTo("\u212a");
    assertThat(policy.octets()).isEqualTo(kelvin);
    byte[] noUtf8 = ("witness \u00ff " + W1 + "\nquorum \u00ff\n").getBytes(ISO_8859_1);
    assertThat(Policy.parse(noUtf8, "policy").octets()).isEqualTo(noUtf8);
    assertThat(Policy.shown("\u00ff")).isEqualTo("\u00ff");
    // No-break space and next line are octets of a name here, not spaces.
    byte[] spaces =
        ("witness a\u00a0\u0085b " + W1 + "\nquorum a\u00a0\u0085b\n").getBytes(ISO_8859_1);
    assertThat(Policy.parse(spaces, "policy").octets()).isEqualTo(spaces);
  }

  @Test
  void names_of_keys_are_utf8() {
    SigningKey key = TestKeys.make("журнал", KeyAlgorithm.ED25519_NOTE);
    byte[] octets = ("log " + key.key().vkey() + "\nquorum none\n").getBytes(UTF_8);
    Policy policy = Policy.parse(octets, "policy");
    assertThat(policy.logs().getFirst().key()).isEqualTo(key.key());
    assertThat(policy.octets()).isEqualTo(octets);
    byte[] latin = ("log \u00ff" + LOG + "\nquorum none\n").getBytes(ISO_8859_1);
    assertThat(refused(MALFORMED_POLICY, () -> Policy.parse(latin, "policy")).reason())
        .contains("UTF-8");
  }

  @Test
  void thirty_two_logs_witnesses_and_groups_and_many_more_are_taken() {
    int many = 100;
    String keys =
        IntStream.range(0, many)
            .mapToObj(i ->
                "log %s\nwitness w%d %s\n"
                    .formatted(
                        vkey("log/" + i, KeyAlgorithm.ED25519_NOTE),
                        i,
                        vkey("witness/" + i, KeyAlgorithm.ED25519_COSIGNATURE)))
            .collect(Collectors.joining());
    String groups =
        "group g0 any w0\n"
            + IntStream.range(1, many)
                .mapToObj(i -> "group g%d all g%d w%d\n".formatted(i, i - 1, i))
                .collect(Collectors.joining());
    Policy policy = parse(keys + groups + "quorum g" + (many - 1) + "\n");
    assertThat(policy.logs()).hasSize(many);
    assertThat(policy.witnesses()).hasSize(many);
    assertThat(policy.groups()).hasSize(many);
    assertThat(Policy.parse(policy.octets(), "again")).isEqualTo(policy);
  }

  @Test
  void there_are_limits_beyond() {
    String groups =
        IntStream.range(0, Policy.MOST)
            .mapToObj(i -> "group g%d any %s\n".formatted(i, i == 0 ? "A" : "g" + (i - 1)))
            .collect(Collectors.joining());
    assertThat(parse(TWO + groups + "quorum none\n").groups()).hasSize(Policy.MOST);
    assertThat(refusal(TWO + groups + "group more any B\nquorum none\n").reason())
        .contains("1024 groups");
    assertThat(refusal("#" + "x".repeat(Policy.LARGEST) + "\nquorum none\n").reason())
        .contains("1 MiB");
  }

  @Test
  void a_policy_built_in_code_keeps_the_same_rules() {
    Policy.Witness a = new Policy.Witness("A", TestKeys.WITNESS.key(), null);
    Policy.Group unknown = new Policy.Group("G", 1, List.of("B"));
    Policy.Group empty = new Policy.Group("G", 0, List.of());
    Policy.Witness spaced = new Policy.Witness("A B", TestKeys.PQ_WITNESS.key(), null);
    Policy.Witness wide = new Policy.Witness("\u212a", TestKeys.PQ_WITNESS.key(), null);
    Policy.Witness noUrl = new Policy.Witness("B", TestKeys.PQ_WITNESS.key(), "");
    for (List<Policy.Witness> witnesses :
        List.of(List.of(a, a), List.of(spaced), List.of(wide), List.of(noUrl))) {
      assertThatThrownBy(() -> new Policy(List.of(), witnesses, List.of(), "none"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Policy.Group group : List.of(unknown, empty)) {
      assertThatThrownBy(() -> new Policy(List.of(), List.of(a), List.of(group), "none"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Policy(List.of(), List.of(a), List.of(), "B"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_text_of_a_policy_reads_back_to_the_same() {
    String text =
        "log %s https://l.example\nwitness A %s\nwitness B %s https://b\ngroup G 2 A B\nquorum G\n"
            .formatted(LOG, W1, W2);
    assertThat(parse(text).text()).isEqualTo(text);
    assertThat(parse(parse(text).text())).isEqualTo(parse(text));
  }
}
