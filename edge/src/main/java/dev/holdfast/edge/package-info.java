/** The two daemons: the agent beside the chips, which answers, and the landmark, which asks. */
@NullMarked
package dev.holdfast.edge;

import org.jspecify.annotations.NullMarked;
