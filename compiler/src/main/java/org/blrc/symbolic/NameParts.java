package org.blrc.symbolic;

import java.util.Optional;

/**
 * A name, cut into what is set as a variable and what is its subscript: the digits at its end, with
 * or without an underscore before them, and the number of a component.
 */
record NameParts(String stem, String digits, Optional<String> component) {

  static NameParts of(String name) {
    int bracket = name.endsWith("]") ? name.indexOf('[') : name.length();
    int end = bracket;
    while (end > 1 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
      end--;
    }
    // In `mu_1`, the underscore says just what the digits after a name do.
    boolean underscore = end > 1 && end < bracket && name.charAt(end - 1) == '_';
    return new NameParts(
        name.substring(0, underscore ? end - 1 : end),
        name.substring(end, bracket),
        bracket < name.length()
            ? Optional.of(name.substring(bracket + 1, name.length() - 1))
            : Optional.empty());
  }

  /** Whether the stem is a word, which stands upright, rather than a letter. */
  boolean isWord() {
    return stem.codePointCount(0, stem.length()) > 1;
  }
}
