package org.blrc.emit.cuda;

/** A kernel and its text. */
record Written(Kernel kernel, String text) {}
