package dev.holdfast.base;

/**
 * How much of a hostile JSON text is read before it is refused.
 *
 * @param octets the longest text, in octets
 * @param depth the deepest nesting of objects and arrays, 1 to {@value JsonTree#DEEPEST}
 * @param text the longest string or name, in UTF-16 code units
 * @param number the longest number, in characters
 * @param members the most members of one object or items of one array
 */
public record JsonLimits(int octets, int depth, int text, int number, int members) {
  private static final int LONGEST_NUMBER = 64;
  private static final int MOST_MEMBERS = 16_384;

  public JsonLimits {
    if (octets < 1 || text < 1 || number < 1 || members < 1) {
      throw new IllegalArgumentException("limits of a JSON text must be positive");
    }
    if (depth < 1 || depth > JsonTree.DEEPEST) {
      throw new IllegalArgumentException("depth must be 1 to " + JsonTree.DEEPEST + ": " + depth);
    }
  }

  /**
   * Limits that suit a text of so many octets: depth {@value JsonTree#DEEPEST}, strings as long as
   * fit, numbers of 64 characters, 16,384 members.
   */
  public static JsonLimits ofOctets(int octets) {
    return new JsonLimits(octets, JsonTree.DEEPEST, octets, LONGEST_NUMBER, MOST_MEMBERS);
  }

  /** The same with so many members of an object or items of an array. */
  public JsonLimits withMembers(int most) {
    return new JsonLimits(octets, depth, text, number, most);
  }
}
