package org.blrc.emit.cuda;

/** A kernel and its text. */
record Written(EmittedKernel kernel, String text) {}
