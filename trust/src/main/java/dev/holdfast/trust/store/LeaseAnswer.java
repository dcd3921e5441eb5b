package dev.holdfast.trust.store;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.Reason;
import java.util.List;

/** What a server answers whoever asks for a lease. */
public sealed interface LeaseAnswer {
  /** Here it is; its text, which nobody has checked. */
  record Granted(String lease) implements LeaseAnswer {
    public Granted {
      requireNonNull(lease, "lease");
    }
  }

  /** There is none, for these reasons, in the server's words. */
  record Refused(List<Reason> reasons) implements LeaseAnswer {
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }
}
