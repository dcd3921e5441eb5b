package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated policies, each against all sets of witnesses and a plain evaluation of its text. */
final class PolicyTruthTest {
  private static final int MOST_WITNESSES = 6;
  private static final Checkpoint CHECKPOINT =
      Checkpoint.of(TestKeys.ORIGIN, 5, TreeHasher.plain(new byte[5]));
  private static final NoteSignature BY_LOG = TestKeys.LOG.sign(CHECKPOINT, TestKeys.TIME);
  private static final List<SigningKey> KEYS =
      IntStream.range(0, MOST_WITNESSES)
          .mapToObj(i -> TestKeys.make("w/" + i, KeyAlgorithm.ED25519_COSIGNATURE))
          .toList();
  private static final List<NoteSignature> COSIGNATURES =
      KEYS.stream().map(key -> key.sign(CHECKPOINT, TestKeys.TIME)).toList();

  static IntStream seeds() {
    boolean thorough = "thorough".equals(System.getProperty("holdfast.counts", "gate"));
    return IntStream.range(0, thorough ? 2000 : 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_policy_says_what_its_text_says_for_every_set_of_witnesses(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int witnesses = random.nextInt(MOST_WITNESSES + 1);
    Policy policy = policy(random, witnesses);
    assertThat(Policy.parse(policy.octets(), "generated")).isEqualTo(policy);
    for (int set = 0; set < 1 << witnesses; set++) {
      List<NoteSignature> signatures = new ArrayList<>(List.of(BY_LOG));
      List<String> cosigned = new ArrayList<>();
      for (int i = 0; i < witnesses; i++) {
        if ((set >> i & 1) == 1) {
          signatures.add(random.nextInt(signatures.size() + 1), COSIGNATURES.get(i));
          cosigned.add("w" + i);
        }
      }
      PolicyCheck check = policy.check(SignedCheckpoint.of(CHECKPOINT, signatures));
      boolean expected = holds(policy.text(), policy.quorum(), cosigned);
      assertThat(check instanceof PolicyCheck.Accepted)
          .as(policy.text() + cosigned)
          .isEqualTo(expected);
      switch (check) {
        case PolicyCheck.Accepted accepted -> assertThat(accepted.witnesses()).isEqualTo(cosigned);
        case PolicyCheck.QuorumMissing missing -> {
          assertThat(missing.witnesses()).isEqualTo(cosigned);
          assertThat(missing.statement()).contains(" " + policy.quorum() + " has ");
        }
        case PolicyCheck.NoLogSignature no -> assertThat(no).isNull();
        case PolicyCheck.WrongSignature wrong -> assertThat(wrong).isNull();
      }
    }
  }

  /** A forest of groups over the witnesses, each name a member at most once. */
  private static Policy policy(SplittableRandom random, int witnesses) {
    List<String> free = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("none"));
    List<Policy.Witness> listed = new ArrayList<>();
    for (int i = 0; i < witnesses; i++) {
      listed.add(new Policy.Witness("w" + i, KEYS.get(i).key(), null));
      free.add("w" + i);
    }
    names.addAll(free);
    List<Policy.Group> groups = new ArrayList<>();
    while (!free.isEmpty() && random.nextInt(6) > 0) {
      List<String> members = new ArrayList<>();
      int size = 1 + random.nextInt(free.size());
      for (int i = 0; i < size; i++) {
        members.add(free.remove(random.nextInt(free.size())));
      }
      String name = "g" + groups.size();
      groups.add(new Policy.Group(name, 1 + random.nextInt(size), members));
      free.add(name);
      names.add(name);
    }
    String quorum = groups.isEmpty() ? names.get(random.nextInt(names.size())) : names.getLast();
    return new Policy(List.of(new Policy.LogKey(TestKeys.LOG.key(), null)), listed, groups, quorum);
  }

  /** What the definitions of the text say, by recursion from the name. */
  private static boolean holds(String text, String name, List<String> cosigned) {
    if (name.equals("none") || cosigned.contains(name)) {
      return true;
    }
    Map<String, List<String>> groups = new HashMap<>();
    text.lines()
        .filter(line -> line.startsWith("group "))
        .map(line -> List.of(line.split(" ", -1)))
        .forEach(items -> groups.put(items.get(1), items.subList(2, items.size())));
    List<String> group = groups.get(name);
    if (group == null) {
      return false;
    }
    long count = group.stream().skip(1).filter(member -> holds(text, member, cosigned)).count();
    return count >= Long.parseLong(group.getFirst());
  }
}
