/**
 * The update program: all that a back end sees, an evaluator that runs it directly, and what a step
 * of it costs.
 *
 * <p>Invariant: in a program every symbol is defined before its use, nothing opaque is left but the
 * answers of the loss oracle and the noise of the draws, and every assignment is coordinate-wise
 * ({@link org.blrc.program.ProgramVerifier} checks it).
 */
package org.blrc.program;
