package org.blrc.verify;

import java.util.Optional;
import java.util.function.DoubleSupplier;

/** The largest of the errors found at several points, as far as their integrals can be trusted. */
final class Errors {

  private double worst;
  private int trusted;
  private int untrusted;
  private String why = "there is nothing to compare";

  /** Adds what is found, unless an integral that it needs cannot be trusted. */
  void add(DoubleSupplier error) {
    try {
      worst = Check.worse(worst, error.getAsDouble());
      trusted++;
    } catch (UntrustedIntegral problem) {
      untrusted++;
      why = problem.getMessage();
    }
  }

  void add(Errors others) {
    worst = Check.worse(worst, others.worst);
    trusted += others.trusted;
    untrusted += others.untrusted;
    why = others.untrusted > 0 ? others.why : why;
  }

  /** The largest error, or nothing where none could be found. */
  Optional<Double> worst() {
    return trusted > 0 ? Optional.of(worst) : Optional.empty();
  }

  Check check(int where, String subject, double limit) {
    if (trusted == 0) {
      return Check.notChecked(where, subject, why);
    }
    Check check = Check.of(where, subject, worst, limit);
    return untrusted == 0
        ? check
        : check.withNote(
            "in %d of %d cases; in the others %s".formatted(trusted, trusted + untrusted, why));
  }

  Check measured(int where, String subject, String note) {
    return trusted == 0
        ? Check.notChecked(where, subject, why)
        : Check.measured(where, subject, worst, note);
  }
}
