package org.blrc.derive;

import java.util.Locale;

/** How a step relates what stands before it to what stands after it. */
public enum Grade {
  /** Equal. */
  EXACT,
  /** Equal in the mean over the randomness that it brings in. */
  UNBIASED,
  /** An approximation. */
  BIASED;

  /** As spelled in the language. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
