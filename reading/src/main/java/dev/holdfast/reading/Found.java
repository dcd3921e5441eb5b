package dev.holdfast.reading;

/**
 * A passage that got attention.
 *
 * @param index which passage of the shelf
 * @param passage itself
 * @param weight the share of dense attention that it got, 0 to 1, the mean over the heads
 * @param sparseWeight the same of sparse attention; 0 where it was not chosen
 * @param chosen whether sparse attention read it
 */
public record Found(
    int index, Passage passage, double weight, double sparseWeight, boolean chosen) {}
