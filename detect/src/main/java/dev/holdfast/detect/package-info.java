/** The fold: what a host's state becomes by one more piece of evidence. Pure. */
@NullMarked
package dev.holdfast.detect;

import org.jspecify.annotations.NullMarked;
