package org.blrc.emit.java;

/**
 * A file of a back end.
 *
 * @param path relative, with forward slashes
 */
public record GeneratedFile(String path, String text) {}
