package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import dev.holdfast.model.OperatorId;
import dev.holdfast.model.Role;
import dev.holdfast.model.SourceId;
import dev.holdfast.model.Subject.Binding;
import org.jspecify.annotations.Nullable;

/**
 * What an authority certifies of a key.
 *
 * @param role what the key may do
 * @param name the name of the host or landmark; 1 to 120 characters
 * @param operator who runs it; never null for a landmark, since faults are counted by operator
 * @param binding how the key is kept, as the authority was shown: in a file or by a TPM
 * @param simulated whether it belongs to a simulation, and so does everything that it signs
 */
public record Identity(
    Role role, String name, @Nullable OperatorId operator, Binding binding, boolean simulated) {
  private static final int LONGEST = 120;

  public Identity {
    requireNonNull(role, "role");
    requireNonNull(binding, "binding");
    // The source of statements is role and name; this checks the name too.
    requireNonNull(source(role, name));
    if (name.length() > LONGEST) {
      throw new IllegalArgumentException("a name has at most " + LONGEST + " characters");
    }
    if (role == Role.LANDMARK && operator == null) {
      throw new IllegalArgumentException("a landmark has an operator");
    }
    if (binding == Binding.CHIP_EVIDENCE) {
      throw new IllegalArgumentException(
          "a certificate says file or tpm; a chip speaks for itself");
    }
  }

  /** The source of the statements that it makes, such as {@code landmark:fra-1}. */
  public SourceId source() {
    return source(role, name);
  }

  private static SourceId source(Role role, String name) {
    if (name.isBlank() || !name.equals(name.strip())) {
      throw new IllegalArgumentException("a name is blank or has blanks at its ends");
    }
    return new SourceId(role.word() + ":" + name);
  }
}
