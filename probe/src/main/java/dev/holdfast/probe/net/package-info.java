/** Sockets, clocks, threads and TLS: how challenges and replies really travel. */
@NullMarked
package dev.holdfast.probe.net;

import org.jspecify.annotations.NullMarked;
