package org.blrc.check;

/** What a name stands for. */
enum Meaning {
  CONSTANT("a constant"),
  HYPER("a hyper-parameter"),
  STATE("a state"),
  VARIABLE("the random variable"),
  /** The random variable as a whole, where it has components. */
  VECTOR("the random variable, which has components"),
  PARAMETER("a family's parameter"),
  NOISE("a random number"),
  STEP_NUMBER("the step number"),
  RATE("the rate"),
  INDEX("an index"),
  AXIS("a data axis"),
  FUNCTION("a loss function"),
  /** A parameter of a rule: an expression, a state, a function or a number. */
  ARGUMENT("a rule's parameter"),
  /** An expression that a pattern binds. */
  BOUND("a name that the pattern binds to an expression"),
  /** A function that a pattern binds. */
  BOUND_FUNCTION("a name that the pattern binds to a function");

  private final String words;

  Meaning(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean canBeApplied() {
    return switch (this) {
      case FUNCTION, ARGUMENT, BOUND_FUNCTION -> true;
      default -> false;
    };
  }

  boolean canBeState() {
    return this == STATE || this == ARGUMENT;
  }
}
