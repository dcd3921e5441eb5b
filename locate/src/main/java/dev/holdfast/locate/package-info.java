/**
 * From delays to bounds to region to verdict; the landmark audit; calibrated advice; borders.
 *
 * <p>Pure: no clock, no randomness, no threads, no files; the border map is a resource of this
 * room. Other rooms touch {@link dev.holdfast.locate.Locator} (one target), {@link
 * dev.holdfast.locate.LandmarkAudit}, {@link dev.holdfast.locate.Calibration}, {@link
 * dev.holdfast.locate.Atlas} and {@link dev.holdfast.locate.MeshEvaluation}.
 */
@NullMarked
package dev.holdfast.locate;

import org.jspecify.annotations.NullMarked;
