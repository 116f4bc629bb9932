package org.blrc.symbolic;

/** A name, cut into what is set as a variable and the digits that are its subscript. */
record NameParts(String stem, String digits) {

  static NameParts of(String name) {
    int end = name.length();
    while (end > 1 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
      end--;
    }
    return new NameParts(name.substring(0, end), name.substring(end));
  }

  /** Whether the stem is a word, which stands upright, rather than a letter. */
  boolean isWord() {
    return stem.codePointCount(0, stem.length()) > 1;
  }
}
