/**
 * Text to passages and embeddings. From outside: {@link dev.holdfast.reading.DocumentFiles} reads
 * files, {@link dev.holdfast.reading.PassageCutter} cuts a {@link dev.holdfast.reading.Document}
 * into {@link dev.holdfast.reading.Passage}s, and an {@link dev.holdfast.reading.Embedder} turns
 * each into a vector of unit length by an {@link dev.holdfast.reading.EmbeddingModel}.
 *
 * <p>Only {@code DocumentFiles} touches files, and only {@code OnnxEmbedder} has threads and native
 * code. Nothing here goes to the network.
 */
@NullMarked
package dev.holdfast.reading;

import org.jspecify.annotations.NullMarked;
