/**
 * Which chip it is, and whether its board is still whole: signed evidence and its check, tokens of
 * attestation services, inventories, the names of a chip, and the cohesion of a baseboard. Pure:
 * octets and moments are handed in.
 */
@NullMarked
package dev.holdfast.attest;

import org.jspecify.annotations.NullMarked;
