package org.blrc.runtime;

/**
 * A state whose update may take it out of its domain, so that every step is looked at before it is
 * made.
 *
 * @param state its place in the signature
 */
public record Guard(int state, Interval domain) {}
