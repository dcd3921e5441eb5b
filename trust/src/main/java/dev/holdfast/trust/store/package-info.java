/** Keys, certificates and the authority as they lie on disk or in a token. */
@NullMarked
package dev.holdfast.trust.store;

import org.jspecify.annotations.NullMarked;
