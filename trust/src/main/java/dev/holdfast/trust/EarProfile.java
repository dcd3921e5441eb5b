package dev.holdfast.trust;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How results are spelled, since the drafts still move: the profile that they name and the names of
 * what Holdfast adds.
 *
 * @param uri the value of {@code eat_profile} (RFC 9711 section 4.3.2): an absolute URI
 * @param names of the claims that Holdfast adds to an appraisal; all of them, each another one
 */
public record EarProfile(String uri, Map<EarClaim, String> names) {
  private static final int LONGEST = 200;
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[!-~]+");

  /** Names as JWT allows them without escapes; short ones are for the standards to give. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/#-]{3,200}");

  /** The profile of draft-ietf-rats-ear as of the editors' copy of 2026. */
  public static final EarProfile DEFAULT =
      new EarProfile("tag:ietf.org,2026:rats/ear#05", defaultNames());

  private static Map<EarClaim, String> defaultNames() {
    EnumMap<EarClaim, String> names = new EnumMap<>(EarClaim.class);
    for (EarClaim claim : EarClaim.values()) {
      names.put(claim, claim.defaultName());
    }
    return names;
  }

  public EarProfile {
    names = Collections.unmodifiableMap(new EnumMap<>(names));
    if (uri.length() > LONGEST || !URI.matcher(uri).matches()) {
      throw new IllegalArgumentException("a profile is an absolute URI of at most 200 characters");
    }
    Set<String> taken = new HashSet<>(EarJson.STANDARD);
    for (EarClaim claim : EarClaim.values()) {
      String name = names.get(claim);
      if (name == null || !NAME.matcher(name).matches() || !taken.add(name)) {
        throw new IllegalArgumentException(
            "the claim " + claim + " needs a name of its own, of 3 to 200 plain characters");
      }
    }
  }

  /** The same under another profile. */
  public EarProfile withUri(String other) {
    return new EarProfile(other, names);
  }

  /** The same with another name of a claim. */
  public EarProfile withName(EarClaim claim, String name) {
    EnumMap<EarClaim, String> others = new EnumMap<>(names);
    others.put(claim, name);
    return new EarProfile(uri, others);
  }

  /** The name of a claim. */
  public String name(EarClaim claim) {
    return requireNonNull(names.get(claim));
  }
}
