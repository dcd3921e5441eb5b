/**
 * Records to SVG: what a location report says as a map, and a board as a graph, each stand-alone.
 *
 * <p>Pure: no files, no clock, no randomness; the same report, the same octets. Positions are
 * projected as if on a sphere, good to a pixel and never a basis for a verdict. Other rooms touch
 * {@link dev.holdfast.picture.RegionMap} and {@link dev.holdfast.picture.BoardGraph} with their
 * captions and words, {@link dev.holdfast.picture.RegionOutline}, and what a page around pictures
 * needs: {@link dev.holdfast.picture.Markup} and {@link dev.holdfast.picture.PageColours}.
 */
@NullMarked
package dev.holdfast.picture;

import org.jspecify.annotations.NullMarked;
