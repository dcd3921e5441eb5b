/**
 * Simulated fleets as signed traffic: what honest operators, hosts and landmarks would say, made of
 * the product's own packets, certificates and statements, so that every check of the product passes
 * or fails on it as on real traffic.
 *
 * <p>A {@link dev.holdfast.sim.Dossier} is text: any number of reports, notes and letters about
 * what does not exist, with facts planted in them that can be asked for.
 *
 * <p>The same seed and the same times give the same octets: nothing here has a clock or chance of
 * its own, and signatures are deterministic (RFC 6979). Only {@link
 * dev.holdfast.trust.store.ServerClient} touches the world. Whatever is made here is called
 * simulated, in certificates and declarations.
 */
@NullMarked
package dev.holdfast.sim;

import org.jspecify.annotations.NullMarked;
