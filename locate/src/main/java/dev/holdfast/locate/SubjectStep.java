package dev.holdfast.locate;

import dev.holdfast.model.Ground;
import dev.holdfast.model.Reason;
import dev.holdfast.model.Subject;
import dev.holdfast.model.Support;
import dev.holdfast.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * The step from the key that answered to what is claimed about. Physics places a key; a key in a
 * file may be in two machines, a key in a security chip goes where the machine goes, and what chips
 * are in that machine no round trip can tell: there a chip's own evidence for that key must come
 * in, which never excludes a relay.
 */
final class SubjectStep {
  private SubjectStep() {}

  /** The verdict about the subject, from what was found about the key. */
  static Verdict take(Verdict ofKey, Ground ground) {
    List<Reason> assumptions = new ArrayList<>(ground.assumptions());
    if (ofKey.value() != Verdict.Value.UNPROVEN) {
      switch (ground.subject().kind()) {
        case HOST -> {
          if (ground.subject().binding() != Subject.Binding.TPM) {
            return open(ofKey, "reason.key-in-file");
          }
          assumptions.add(Reason.of("assumption.key-in-chip"));
        }
        case CHIP -> {
          if (ground.subject().binding() == null) {
            return open(ofKey, "reason.no-chip-evidence");
          }
          if (ground.subject().binding() != Subject.Binding.CHIP_EVIDENCE) {
            return open(ofKey, "reason.chip-key-in-file");
          }
        }
        case KEY, TARGET -> {}
      }
    }
    if (assumptions.isEmpty()) {
      return ofKey;
    }
    assumptions.addAll(0, ofKey.assumptions());
    return new Verdict(
        ofKey.standing(),
        ofKey.claim(),
        ofKey.value(),
        ofKey.atSlowerSpeed(),
        ofKey.reason(),
        assumptions,
        ofKey.coalition());
  }

  private static Verdict open(Verdict ofKey, String reason) {
    return new Verdict(
        ofKey.standing(),
        ofKey.claim(),
        Verdict.Value.UNPROVEN,
        Support.OPEN,
        Reason.of(reason, ofKey.standing().subject().id()),
        List.of(),
        List.of());
  }
}
