/**
 * From text to declarations.
 *
 * <p>What leaves this package is well formed, not yet meaningful: names are unresolved, and {@code
 * org.blrc.check} decides whether they make sense. Every node knows its place in the text. No
 * input, however broken, makes a method of this package throw anything but {@link SpecException}.
 */
package org.blrc.syntax;
