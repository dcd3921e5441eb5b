package dev.holdfast.server;

/**
 * One thing that can be read in words about a site.
 *
 * @param name what it is, such as {@code note 12} or {@code host h-03: verdict}; English in every
 *     language, and the same for the same thing also when views are made again
 * @param text at most {@value SiteTexts#LONGEST} characters
 * @param link the part of an address behind the pages that shows it, from its number sign on
 */
record SiteText(String name, String text, String link) {}
