package dev.holdfast.policy;

/**
 * What a vendor's export control classification number says of the paragraph that an item meets.
 */
final class Eccn {
  private Eccn() {}

  /**
   * Whether a number and a paragraph cannot both be right. 4A090 takes the letters of 3A090; 4A994
   * and 3A991 are for what is in neither; a {@code .z} says nothing of letters.
   */
  static boolean contradicts(String eccn, String paragraph) {
    if (eccn.matches("[34]A090\\.[a-z].*")) {
      String letter = "3A090." + eccn.charAt("4A090.".length());
      boolean current = paragraph.startsWith("3A090.") || paragraph.equals(Rule.NO_PARAGRAPH);
      return current && !paragraph.startsWith(letter);
    }
    return (eccn.startsWith("4A994") || eccn.startsWith("3A991")) && paragraph.startsWith("3A090.");
  }
}
