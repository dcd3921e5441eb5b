package dev.holdfast.cli;

import dev.holdfast.model.Claim;
import dev.holdfast.model.Measurement;
import dev.holdfast.model.TargetId;
import java.util.List;

/**
 * Everything that was read of one target.
 *
 * @param spoiled a row of it is bad, so it gets no answer
 */
record TargetRows(
    TargetId target, List<Measurement> measurements, List<Claim> claims, boolean spoiled) {}
