package org.blrc.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.blrc.symbolic.Function;

/** The words with a meaning of their own. */
public final class Vocabulary {

  static final String NEW = "new";
  static final String GRADIENT = "grad";
  static final String HESSIAN = "hess";
  static final String SAMPLE = "sample";
  static final String CONNECTION = "connection";
  static final String NORM = "norm";
  static final String AVERAGE = "average";
  static final String TOTAL = "total";
  static final String SIZE = "size";
  static final String BATCH = "batch";
  static final String STEP_NUMBER = "t";
  static final String RATE = "rate";

  /** A function of the random variable where the posterior is a mixture. */
  static final String LOG_RESPONSIBILITY = "log_responsibility";

  static final Set<String> CONSTANTS = Set.of("pi", "infinity");
  static final Set<String> GRADES = Set.of("exact", "unbiased", "biased");

  /** The scalar functions with their numbers of arguments. */
  static final Map<String, Integer> FUNCTIONS = functions();

  /** The words for parts of an update; each takes one argument. */
  static final Set<String> UPDATE_FUNCTIONS =
      Set.of(NEW, GRADIENT, HESSIAN, SAMPLE, CONNECTION, NORM, AVERAGE, TOTAL, SIZE);

  /** What things are often called elsewhere. */
  static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("gradient", GRADIENT),
          Map.entry("hessian", HESSIAN),
          Map.entry("ln", "log"),
          Map.entry("expit", "sigmoid"),
          Map.entry("logistic", "sigmoid"),
          Map.entry("sgn", "sign"),
          Map.entry("gammaln", "lgamma"),
          Map.entry("loggamma", "lgamma"),
          Map.entry("psi", "digamma"),
          Map.entry("Phi", "ndtr"),
          Map.entry("normcdf", "ndtr"),
          Map.entry("norm_cdf", "ndtr"),
          Map.entry("probit", "ndtri"),
          Map.entry("log_normcdf", "log_ndtr"),
          Map.entry("i0", "bessel_i0"),
          Map.entry("i1", "bessel_i1"),
          Map.entry("i0e", "bessel_i0e"),
          Map.entry("i1e", "bessel_i1e"),
          Map.entry("igamma", "gammainc"),
          Map.entry("igammac", "gammaincc"),
          Map.entry("fabs", "abs"),
          Map.entry("arctanh", "atanh"),
          Map.entry("inf", "infinity"),
          Map.entry("Inf", "infinity"),
          Map.entry("float", "real"),
          Map.entry("double", "real"),
          Map.entry("number", "real"),
          Map.entry("scalar", "real"));

  /** The words for what all coordinates together make. */
  static final Set<String> OVER_COORDINATES = Set.of(NORM, AVERAGE, TOTAL);

  /** The words that are free where they are not applied. */
  private static final Set<String> FREE = Set.of(SAMPLE, AVERAGE, TOTAL);

  /** What the parameters of a family, which see only each other, may not be called. */
  static final Set<String> RESERVED_IN_FAMILIES = reservedInFamilies();

  /** What nothing else may be called. */
  static final Set<String> RESERVED = reserved();

  private Vocabulary() {}

  /** Whether a name in a rule has a meaning of its own, whatever the rule declares. */
  public static boolean isWord(String name) {
    return RESERVED.contains(name) || FREE.contains(name);
  }

  private static Map<String, Integer> functions() {
    Map<String, Integer> functions = new HashMap<>(Map.of("sqrt", 1));
    Arrays.stream(Function.values()).forEach(f -> functions.put(f.label(), f.arity()));
    return Map.copyOf(functions);
  }

  private static Set<String> reservedInFamilies() {
    Set<String> words = new TreeSet<>(FUNCTIONS.keySet());
    words.addAll(CONSTANTS);
    words.add("E");
    return Set.copyOf(words);
  }

  private static Set<String> reserved() {
    Set<String> words = new TreeSet<>(RESERVED_IN_FAMILIES);
    words.addAll(UPDATE_FUNCTIONS);
    words.removeAll(FREE);
    words.addAll(Set.of(BATCH, STEP_NUMBER, RATE, LOG_RESPONSIBILITY));
    return Set.copyOf(words);
  }
}
