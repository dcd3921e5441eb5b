package dev.holdfast.ledger;

import dev.holdfast.base.Problem;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of C2SP tlog-policy, held while a policy's lines come one after the other. A broken one
 * is an {@link IllegalArgumentException} that says which.
 */
final class PolicyRules {
  private static final int FIRST_PRINTABLE = 0x21;
  private static final int DELETE = 0x7F;
  private static final int FIRST_HIGH = 0x80;
  private static final int LAST_OCTET = 0xFF;

  private final Set<String> names = new HashSet<>();
  private final Set<String> members = new HashSet<>();
  private final Set<Hash> logKeys = new HashSet<>();
  private final Set<Hash> witnessKeys = new HashSet<>();
  private int groups;

  void add(Policy.LogKey log) {
    requireItem("the key", Policy.vkey(log.key()));
    requireUrl(log.url());
    require(logKeys.size() < Policy.MOST, "there are more than " + Policy.MOST + " logs");
    require(
        logKeys.add(TreeHasher.plain(log.key().publicKey())),
        "the public key of log " + log.key() + " stands on a log line above");
  }

  void add(Policy.Witness witness) {
    requireItem("the key", Policy.vkey(witness.key()));
    requireUrl(witness.url());
    require(witnessKeys.size() < Policy.MOST, "there are more than " + Policy.MOST + " witnesses");
    // C2SP tlog-cosignature knows cosignatures of these types only.
    require(
        witness.key().algorithm().isCosignature(),
        "a witness signs with type 0x04 or 0x06, not with a plain note signature, 0x01");
    require(
        witnessKeys.add(TreeHasher.plain(witness.key().publicKey())),
        "the public key of witness " + shown(witness.name()) + " stands on a witness line above");
    define(witness.name());
  }

  void add(Policy.Group group) {
    require(groups < Policy.MOST, "there are more than " + Policy.MOST + " groups");
    int most = group.members().size();
    require(most > 0, "group " + shown(group.name()) + " has no members");
    require(
        group.threshold() >= 1 && group.threshold() <= most,
        "group %s asks for %d of its %d members"
            .formatted(shown(group.name()), group.threshold(), most));
    for (String member : group.members()) {
      require(!member.equals(Policy.NONE), "\"none\" cannot be a member of a group");
      require(names.contains(member), shown(member) + " is not defined on a line above");
      require(members.add(member), shown(member) + " is a member of a group already");
    }
    define(group.name());
    groups++;
  }

  /** The name may be asked for as the quorum, with what has been defined so far. */
  void requireQuorum(String name) {
    require(
        name.equals(Policy.NONE) || names.contains(name),
        "quorum " + shown(name) + " is not defined on a line above");
  }

  private void define(String name) {
    requireItem("the name", name);
    require(!name.equals(Policy.NONE), "the name \"none\" is taken by the policy format itself");
    require(names.add(name), "the name " + shown(name) + " is defined already");
  }

  private static void requireUrl(@Nullable String url) {
    if (url != null) {
      requireItem("the address", url);
    }
  }

  private static void requireItem(String what, String item) {
    require(
        !item.isEmpty() && item.chars().allMatch(PolicyRules::isItemOctet),
        what + " is empty or holds a character that a policy cannot hold: " + shown(item));
  }

  private static boolean isItemOctet(int c) {
    return (c >= FIRST_PRINTABLE && c < DELETE) || (c >= FIRST_HIGH && c <= LAST_OCTET);
  }

  private static String shown(String opaque) {
    return Problem.quote(Policy.shown(opaque));
  }

  private static void require(boolean holds, String reason) {
    if (!holds) {
      throw new IllegalArgumentException(reason);
    }
  }
}
