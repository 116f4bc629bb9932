package org.blrc.runtime;

/**
 * Sums over all coordinates that one pass over them takes, none of which needs another.
 *
 * @param after how many phases of a draw have been answered by then; one more than there are: all
 *     draws were accumulated
 * @param count how many sums there are
 */
public record SumPass(int after, int count) {}
