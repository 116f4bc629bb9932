/**
 * The Java back end: from an update program to two source files, in double and in single precision.
 *
 * <p>The arithmetic is that of {@link org.blrc.emit.arith}; here it becomes methods and fields.
 *
 * <p>Invariants: the text is a function of the program and the options alone; it depends on {@code
 * org.blrc.runtime} and nothing else; all arrays of a loop have the same index, which is what
 * HotSpot needs to vectorise it; nothing is allocated in a step; no name of a spec can break the
 * text. JavaPoet is used in this package only.
 */
package org.blrc.emit.java;
