package org.blrc.family;

import java.util.Map;
import java.util.Optional;
import org.blrc.symbolic.Domain;

/** The named domains of the language. */
public final class Domains {

  private static final Map<String, Domain> NAMED =
      Map.of(
          "real", Domain.REAL,
          "positive", Domain.POSITIVE,
          "negative", Domain.NEGATIVE,
          "nonnegative", Domain.NONNEGATIVE,
          "nonpositive", new Domain(Double.NEGATIVE_INFINITY, false, 0, true),
          "unit", Domain.UNIT);

  private Domains() {}

  public static Optional<Domain> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  /** The names, in alphabetical order. */
  public static java.util.List<String> names() {
    return NAMED.keySet().stream().sorted().toList();
  }
}
