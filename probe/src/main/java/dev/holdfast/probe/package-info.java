/**
 * Keyed challenges: what goes over the wire, and what an answer proves.
 *
 * <p>This package is pure: the STAMP wire format (RFC 8762, RFC 8972), the making of challenges,
 * the checking of replies, reflection, paths, transcripts and rounds. What touches sockets, clocks
 * and threads is in {@code dev.holdfast.probe.net}.
 */
@NullMarked
package dev.holdfast.probe;

import org.jspecify.annotations.NullMarked;
