package org.blrc.emit.cuda;

import org.blrc.emit.arith.Arith;

/**
 * What is the same for all coordinates and known before a kernel is launched.
 *
 * @param name of the member of the kernel's argument
 * @param value in hyper-parameters, the step number, the share of a step that is made, and the
 *     weights of draws and examples
 * @param exact whether it is passed in double precision, whatever arrays hold
 * @param later whether it is that of the step that follows
 */
public record HostScalar(String name, Arith value, boolean exact, boolean later) {}
