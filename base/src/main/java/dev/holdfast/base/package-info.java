/**
 * Coded errors, the message catalogue and bounded readers that every room uses.
 *
 * <p>Nothing here knows of accelerators. Other rooms touch {@link dev.holdfast.base.Problem},
 * {@link dev.holdfast.base.CodedException}, {@link dev.holdfast.base.MessageCatalogue}, {@link
 * dev.holdfast.base.CsvReader} and, for JSON, {@link dev.holdfast.base.BoundedJson} with {@link
 * dev.holdfast.base.JsonTree}.
 */
@NullMarked
package dev.holdfast.base;

import org.jspecify.annotations.NullMarked;
