/**
 * Replays recorded trajectories: feeds recorded answers and noise to an optimizer and compares what
 * it computes with what was recorded.
 *
 * <p>Invariant: a {@link org.blrc.replay.Trace} is well-formed by itself (types, lengths); a {@link
 * org.blrc.replay.Replay} exists only for a trace that also fits its update program, so that
 * running it cannot fail for want of data.
 */
package org.blrc.replay;
