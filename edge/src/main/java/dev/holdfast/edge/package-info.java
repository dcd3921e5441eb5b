/**
 * The two daemons: the {@link dev.holdfast.edge.AgentDaemon} beside the chips, which opens
 * sessions, answers challenges and countersigns rounds, and the {@link
 * dev.holdfast.edge.LandmarkDaemon}, which measures and states rounds. What they sign lies in a
 * {@link dev.holdfast.edge.Spool} until somebody takes it.
 *
 * <p>Everything that a YAML file can say can be built in code: {@link
 * dev.holdfast.edge.AgentSettings}, {@link dev.holdfast.edge.LandmarkSettings}.
 */
@NullMarked
package dev.holdfast.edge;

import org.jspecify.annotations.NullMarked;
