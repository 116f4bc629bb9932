package org.blrc.emit.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.blrc.emit.arith.Operation;
import org.blrc.emit.arith.Precision;

/**
 * What kernels are made with, as CUDA C++: written out before them, so that nothing is included.
 */
final class Prelude {

  /** Functions of which the source has a version for each precision. */
  private static final Set<String> OVERLOADED =
      Set.of("signum", "smaller", "larger", "sigmoid", "softplus", "logaddexp", "exprel");

  private static final Map<Operation, String> OTHER_NAMES =
      Map.of(
          Operation.SIGN, "signum",
          Operation.MIN, "smaller",
          Operation.MAX, "larger",
          Operation.LGAMMA, "logGamma",
          Operation.ERFCX, "scaledErfc");

  /** The first line of a part: its name, and what it needs. */
  private static final Pattern PART = Pattern.compile("(?m)^//// (\\w+)((?: \\w+)*)\n");

  private static final Map<String, Part> MATH = parts(read("math.cu") + "\n" + read("special.cu"));

  private static final Pattern SPECIAL =
      Pattern.compile("\\b(" + String.join("|", parts(read("special.cu")).keySet()) + ")\\(");

  private record Part(List<String> needs, String text) {}

  private Prelude() {}

  /**
   * @param columns how many arrays there are
   */
  static String tensors(int columns) {
    return read("tensors.cu").replace("@COLUMNS@", Integer.toString(Math.max(1, columns)));
  }

  /** What is done with the caller's answers. */
  static String answers(Numbers numbers) {
    boolean narrow = numbers.hasNarrow();
    return read("extremes.cu")
        + "\n"
        + read("answers.cu")
            .replace("@REAL@", numbers.real().keyword())
            .replace("@MODEL@", numbers.model().keyword())
            .replace("@WIDEN@", narrow ? "widened(" : "")
            .replace("@WIDTH@", numbers.precision() == Precision.FLOAT ? "4" : "2")
            .replace("@END@", narrow ? ")" : "");
  }

  /** How numbers in bfloat16 are read and written. */
  static String narrow() {
    return read("narrow.cu");
  }

  /** How neighbours are read and written, be they all or some. */
  static String lanes() {
    return read("lanes.cu");
  }

  /** How states are rounded that are kept in bfloat16. */
  static String rounding() {
    return read("rounding.cu");
  }

  static String noise() {
    return read("noise.cu");
  }

  static String host() {
    return read("host.h");
  }

  static String sums() {
    return read("sums.cu");
  }

  /** Whether there is a function of that name. */
  static boolean defines(String name) {
    return MATH.containsKey(name);
  }

  /** Whether some code calls functions that are too long to be made part of it. */
  static boolean callsFunctions(String text) {
    return SPECIAL.matcher(text).find();
  }

  static boolean isOverloaded(Operation operation) {
    return OVERLOADED.contains(function(operation));
  }

  /** Whether there is a function for an operation. */
  static boolean hasFunction(Operation operation) {
    return MATH.containsKey(name(operation));
  }

  private static String name(Operation operation) {
    return OTHER_NAMES.getOrDefault(operation, operation.name().toLowerCase(Locale.ROOT));
  }

  /**
   * What the source calls a function.
   *
   * @throws UnsupportedOperationException if it has none
   */
  static String function(Operation operation) {
    String name = name(operation);
    if (!MATH.containsKey(name)) {
      throw new UnsupportedOperationException("the function `%s`".formatted(name));
    }
    return name;
  }

  /** The definitions of some functions, and of what these are made of, in order. */
  static String math(Set<Operation> operations) {
    Set<String> wanted = new LinkedHashSet<>();
    operations.forEach(operation -> collect(function(operation), wanted));
    List<String> texts = new ArrayList<>();
    MATH.forEach(
        (name, part) -> {
          if (wanted.contains(name)) {
            texts.add(part.text());
          }
        });
    return String.join("\n", texts);
  }

  private static void collect(String name, Set<String> wanted) {
    if (wanted.add(name)) {
      MATH.get(name).needs().forEach(needed -> collect(needed, wanted));
    }
  }

  private static Map<String, Part> parts(String text) {
    Map<String, Part> parts = new LinkedHashMap<>();
    Matcher heads = PART.matcher(text);
    List<int[]> places = new ArrayList<>();
    List<String[]> names = new ArrayList<>();
    while (heads.find()) {
      places.add(new int[] {heads.start(), heads.end()});
      names.add((heads.group(1) + heads.group(2)).split(" "));
    }
    for (int i = 0; i < places.size(); i++) {
      int end = i + 1 < places.size() ? places.get(i + 1)[0] : text.length();
      List<String> words = List.of(names.get(i));
      String body = text.substring(places.get(i)[1], end).strip() + "\n";
      parts.put(words.getFirst(), new Part(words.subList(1, words.size()), body));
    }
    return parts;
  }

  private static String read(String name) {
    try (InputStream in = Prelude.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
