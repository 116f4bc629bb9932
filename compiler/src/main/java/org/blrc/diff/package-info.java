/**
 * Two derivations side by side: where they part, which assumptions separate them, and whether they
 * end in the same update.
 *
 * <p>Nothing is compared by its name. A {@link org.blrc.diff.Correspondence} says what of the one
 * plays the part of what in the other; {@link org.blrc.diff.Translation} writes both in one
 * language, in which {@link org.blrc.symbolic.Normal} decides what is equal.
 */
package org.blrc.diff;
