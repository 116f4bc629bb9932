package org.blrc.syntax;

/**
 * {@code import "path"}.
 *
 * @param span of the path, with its quotes
 * @param path as written, relative to the file that imports
 */
public record ImportDecl(Span span, String path) {}
