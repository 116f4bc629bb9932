package org.blrc.syntax;

/**
 * The kinds of diagnostics. An identifier never changes its meaning; {@code blrc explain} prints
 * the long text, which lies beside the compiler's resources under {@code explain/}.
 */
public enum Code {
  // Text
  SYNTAX("BLR0101", "the text is not blr"),
  BAD_NUMBER("BLR0102", "a number cannot be read"),

  // Names
  UNKNOWN_NAME("BLR0201", "a name is not declared"),
  DUPLICATE_NAME("BLR0202", "a name is declared twice"),
  RESERVED_NAME("BLR0203", "a name has a fixed meaning"),
  UNKNOWN_FAMILY("BLR0204", "no such family"),
  UNKNOWN_RULE("BLR0205", "no such rule"),
  UNKNOWN_FUNCTION("BLR0206", "no such function"),
  UNUSED_NAME("BLR0207", "a declaration is never used", Severity.WARNING),
  NO_OPTIMIZER("BLR0208", "a file declares no optimizer to derive"),
  NOT_HERE("BLR0209", "a name cannot be used in this place"),

  // Shapes and domains
  ARGUMENTS("BLR0301", "arguments do not fit"),
  MISSING_CLAUSE("BLR0302", "a clause is missing"),
  REPEATED_CLAUSE("BLR0303", "a clause is given twice"),
  DOMAIN("BLR0304", "a value lies outside its domain"),
  SHAPE("BLR0305", "shapes do not mix"),
  NOT_A_STATE("BLR0306", "a state is expected"),
  NOT_A_FUNCTION("BLR0307", "a function is expected"),
  PATTERN("BLR0308", "a rule cannot be applied as written"),

  // Families
  FAMILY("BLR0401", "a family declaration does not hold together"),
  NO_SAMPLER("BLR0402", "the family has no sampler"),
  NO_MEAN("BLR0403", "the mean of the variable is not known"),

  // Derivation
  NO_MATCH("BLR0501", "a rule matches nothing"),
  AMBIGUOUS("BLR0502", "a rule matches in more than one way"),
  NOT_SOLVABLE("BLR0503", "the update cannot be solved for a state"),
  STATES("BLR0504", "the states do not parameterise the family"),
  WRONG_FAMILY("BLR0505", "a rule is meant for another family"),
  EXPECTATION_LEFT("BLR0506", "an expectation is left"),
  SUM_LEFT("BLR0507", "a sum over all data is left"),
  LOSS("BLR0508", "the loss cannot be used"),
  CYCLE("BLR0509", "updates depend on each other in a circle"),
  BUDGET("BLR0510", "the derivation grows beyond its limit"),
  CONTENTION("BLR0511", "two rules contend for the same place"),
  UNSUPPORTED("BLR0512", "the back end cannot express the update"),

  // Files
  FILE("BLR0601", "a file cannot be read or written"),
  IMPORT("BLR0602", "an import cannot be followed"),
  TRACE("BLR0603", "a trace does not fit the spec");

  private final String id;
  private final String title;
  private final Severity severity;

  Code(String id, String title) {
    this(id, title, Severity.ERROR);
  }

  Code(String id, String title, Severity severity) {
    this.id = id;
    this.title = title;
    this.severity = severity;
  }

  public String id() {
    return id;
  }

  public String title() {
    return title;
  }

  public Severity severity() {
    return severity;
  }
}
