/**
 * The words of the product as records: ids, units, landmarks, claims, bounds, regions, verdicts,
 * and the JSON form of a report.
 *
 * <p>Records only, with checks in their constructors; no behaviour beyond that. Everything here is
 * public.
 */
@NullMarked
package dev.holdfast.model;

import org.jspecify.annotations.NullMarked;
