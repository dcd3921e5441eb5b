package dev.holdfast.attest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Reason;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What came of checking a token; what was not checked is always among the reasons. */
public sealed interface EatCheck {
  /** What the token says, whatever that is worth. */
  EatToken token();

  /** Why it is so, and what was not checked; codes begin with {@code reason.token-}. */
  List<Reason> reasons();

  /**
   * The service signed it, it is valid at the moment that was asked about, and it speaks for its
   * chips.
   *
   * @param keys the ids of the keys that signed
   * @param reasons what was not checked
   */
  record Verified(EatToken token, SortedSet<String> keys, List<Reason> reasons)
      implements EatCheck {
    public Verified {
      requireNonNull(token, "token");
      keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
      reasons = List.copyOf(reasons);
    }
  }

  /** Nothing speaks against it, but nobody looked who signed it. */
  record NotChecked(EatToken token, List<Reason> reasons) implements EatCheck {
    public NotChecked {
      requireNonNull(token, "token");
      reasons = List.copyOf(reasons);
    }
  }

  /** Something about it is wrong, or it speaks against a chip. */
  record Refused(EatToken token, List<Reason> reasons) implements EatCheck {
    public Refused {
      requireNonNull(token, "token");
      reasons = List.copyOf(reasons);
    }
  }
}
