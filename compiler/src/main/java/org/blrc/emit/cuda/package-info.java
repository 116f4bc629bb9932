/**
 * The CUDA back end: from an update program to kernels in CUDA C++, one source for each kind of
 * numbers.
 *
 * <p>A kernel does for all coordinates what one hook of an emitted Java class does for a block of
 * them: it writes a point, adds a draw to the accumulators, takes the sums that are due at once, or
 * makes the step. A thread takes as many neighbouring coordinates at a time as fill 16 bytes: it
 * loads what the kernel reads, computes in registers, and stores what it writes. Noise is drawn
 * again wherever it is needed.
 *
 * <p>Invariants: the text is a function of the program and the options alone; it includes no header
 * and compiles for any architecture; what is the same for all coordinates and known before the step
 * is computed on the host and passed to the kernel, so that another value of a hyper-parameter
 * needs no other code; sums have the same bits however many blocks there are; no name of a spec can
 * break the text.
 */
package org.blrc.emit.cuda;
