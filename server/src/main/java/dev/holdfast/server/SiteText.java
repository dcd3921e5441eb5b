package dev.holdfast.server;

/**
 * One thing that can be read in words about a site.
 *
 * @param kind what it speaks of
 * @param name what it is, such as {@code note 12} or {@code host h-03: verdict}; English in every
 *     language, and the same for the same thing also when views are made again
 * @param text at most {@value SiteTexts#LONGEST} characters
 * @param link the part of an address behind the pages that shows it, from its number sign on
 */
record SiteText(Kind kind, String name, String text, String link) {
  /** What a text speaks of; where not all can be read, those of the first kinds are. */
  enum Kind {
    SITE,
    NOTE,
    COMMENT,
    DECISION,
    VERDICT,
    FINDING,
    HOST,
    BOARD,
    CHIP;

    /** Whether it is what a person said, which proves nothing. */
    boolean selfDeclared() {
      return this == NOTE || this == COMMENT;
    }
  }
}
