/**
 * Records to SVG: what a location report says, as one stand-alone map that needs no data beside it.
 *
 * <p>Pure: no files, no clock, no randomness; the same report, the same octets. Positions are
 * projected as if on a sphere, good to a pixel and never a basis for a verdict. Other rooms touch
 * {@link dev.holdfast.picture.RegionMap}, {@link dev.holdfast.picture.Caption} and {@link
 * dev.holdfast.picture.MapWords}.
 */
@NullMarked
package dev.holdfast.picture;

import org.jspecify.annotations.NullMarked;
