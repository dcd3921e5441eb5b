/** One process that runs a fleet: intake, ledger, fold, views, pages. */
@NullMarked
package dev.holdfast.server;

import org.jspecify.annotations.NullMarked;
