/**
 * Signed statements: the one envelope of the house, its keys, and how both are made and checked.
 *
 * <p>To say something, a source keeps a {@link dev.holdfast.trust.Chain} and hands it with its
 * content to a {@link dev.holdfast.trust.StatementSigner}; to hear something, octets go to a {@link
 * dev.holdfast.trust.StatementVerifier}, which answers with a {@link
 * dev.holdfast.trust.StatementCheck}, and two statements of one source are laid beside each other
 * by {@link dev.holdfast.trust.Succession}. One statement with one signature has one spelling, to
 * the last octet: that is what makes "the same sequence number with other octets" a proof of lying.
 *
 * <p>Public are these and the values that they speak in. The mathematics of curves, the printing of
 * canonical JSON and the spelling of octets stay inside. Nothing here reads a file, a clock or
 * chance; keys are handed in, large payloads are handed out through {@link
 * dev.holdfast.trust.LargePayloads}.
 *
 * <p>Who may take part in measurements says an authority: {@link
 * dev.holdfast.trust.IdentityCertificate}s of hosts and landmarks, checked by a {@link
 * dev.holdfast.trust.CertificateVerifier}, and {@link dev.holdfast.trust.LandmarkPosition}s.
 *
 * <p>What came of looking at chips goes to outsiders as an {@link dev.holdfast.trust.Ear}: made by
 * an {@link dev.holdfast.trust.EarMaker}, checked by an {@link dev.holdfast.trust.EarVerifier}.
 */
@NullMarked
package dev.holdfast.trust;

import org.jspecify.annotations.NullMarked;
