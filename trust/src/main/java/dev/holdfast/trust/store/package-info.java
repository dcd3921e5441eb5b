/**
 * Where trust touches the world: keys and certificates in files, keys in security chips, and the
 * folder of an authority.
 *
 * <p>A daemon loads a {@link dev.holdfast.trust.store.HeldIdentity}; a reader loads the {@link
 * dev.holdfast.trust.store.TrustFiles} that it believes; an {@link
 * dev.holdfast.trust.store.AuthorityFolder} issues, renews and revokes.
 */
@NullMarked
package dev.holdfast.trust.store;

import org.jspecify.annotations.NullMarked;
