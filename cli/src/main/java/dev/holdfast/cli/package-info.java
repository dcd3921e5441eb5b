/**
 * The {@code holdfast} command: parses, calls, prints. Every decision is made in another room; what
 * is shared by all commands (output form, exit status, errors, language, progress) is here once.
 */
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
