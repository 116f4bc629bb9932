package org.blrc.emit.arith;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.blrc.emit.arith.Arith.Call;
import org.blrc.emit.arith.Arith.Hoisted;
import org.blrc.emit.arith.Arith.Literal;
import org.blrc.emit.arith.Arith.Negate;
import org.blrc.emit.arith.Arith.Product;
import org.blrc.emit.arith.Arith.Ref;
import org.blrc.emit.arith.Arith.Sum;
import org.blrc.symbolic.Expr.Reduce;
import org.blrc.symbolic.Rational;

/** What a colleague would call a value. */
public final class Suggestions {

  private static final int LONGEST = 24;

  private static final Pattern UNDERSCORE =
      Pattern.compile("(?<=[\\p{L}\\p{N}])_+([\\p{L}\\p{N}])");

  private static final Arith ONE = new Literal(Rational.ONE);
  private static final Arith TWO = new Literal(Rational.of(2));
  private static final Arith HALF = new Literal(Rational.of(1, 2));

  private static final Pattern COMPONENT = Pattern.compile("\\[(\\d+)]");
  private static final Pattern AFTER_DIGIT = Pattern.compile("(?<=\\d)\\[(\\d+)]");

  private Suggestions() {}

  /** Components such as {@code l[2]} and {@code h2[2]} are {@code l2} and {@code h2_2}. */
  public static String flat(String name) {
    String apart = AFTER_DIGIT.matcher(name).replaceAll("_$1");
    return COMPONENT.matcher(apart).replaceAll("$1");
  }

  public static String name(Arith arith) {
    String full = phrase(arith);
    if (full.isEmpty() || full.length() > LONGEST) {
      return noun(arith);
    }
    return arith instanceof Ref
        ? full
        : full.substring(0, 1).toLowerCase(Locale.ROOT) + full.substring(1);
  }

  /** The result of a reduction over the examples. */
  public static String name(Reduce reduce, Arith body) {
    return name(body) + (reduce.mean() ? "Mean" : "Total");
  }

  /** The name of a source by itself, in camel case. */
  public static String of(Source source) {
    return UNDERSCORE
        .matcher(spelled(source))
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  private static String spelled(Source source) {
    return switch (source) {
      case Source.HyperValue(var hyper) -> hyper.name();
      case Source.StepNumber(var name) -> name;
      case Source.Total(var sum) -> sum.name();
      case Source.SharedValue(var state) -> state.name() + "_old";
      case Source.SharedNext(var state) -> state.name() + "_new";
      case Source.Constant constant -> constant == Source.Constant.PI ? "pi" : "infinity";
      case Source.Share _ -> "share";
      case Source.DrawWeight _ -> "weight";
      case Source.ExampleWeight _ -> "weight";
      case Source.StateValue(var state) -> state.name();
      case Source.AnswerValue(var answer, _) -> answer.symbol().name();
      case Source.Row(var answer, _) -> answer.symbol().name();
      case Source.NoiseValue(var noise) -> noise.name();
      case Source.Sum(var accumulator) -> accumulator.symbol().name();
      case Source.Reduced(var reduce) -> reduce.mean() ? "mean" : "total";
      case Source.Local(_, var name) -> name;
    };
  }

  private static String phrase(Arith arith) {
    return switch (arith) {
      case Product product when isDebiasing(product) -> "debias";
      case Ref(Source.Local local) when local.isNewState() -> local.name() + "New";
      case Ref(Source source) -> of(source);
      case Sum(List<Arith> terms) when terms.size() == 2 -> sum(terms.getFirst(), terms.getLast());
      case Product(List<Arith> over, List<Arith> under) -> product(over, under);
      case Call(Operation function, List<Arith> arguments) when function == Operation.POW ->
          join(phrase(arguments.getFirst()), "ToThe", phrase(arguments.getLast()));
      case Call(Operation function, List<Arith> arguments)
          when arguments.size() == 1 && arguments.getFirst() instanceof Ref ->
          join(function.noun(), "Of", phrase(arguments.getFirst()));
      case Call _ -> "";
      case Hoisted(Arith value) -> phrase(value);
      case Literal _, Negate _, Sum _ -> "";
    };
  }

  /** 1 / (1 - decay^t). */
  private static boolean isDebiasing(Product product) {
    return product.over().isEmpty()
        && product.under().size() == 1
        && product.under().getFirst() instanceof Sum(List<Arith> terms)
        && terms.size() == 2
        && terms.getFirst().equals(ONE)
        && terms.getLast() instanceof Negate(Call(Operation function, List<Arith> arguments))
        && function == Operation.POW
        && arguments.getLast() instanceof Ref(Source.StepNumber _);
  }

  private static String sum(Arith left, Arith right) {
    String start = left.equals(ONE) ? "one" : phrase(left);
    return right instanceof Negate(Arith operand)
        ? join(start, "Minus", phrase(operand))
        : join(start, "Plus", phrase(right));
  }

  private static String product(List<Arith> over, List<Arith> under) {
    if (!under.isEmpty()) {
      String start = over.isEmpty() ? "one" : product(over, List.of());
      return join(start, "Over", product(under, List.of()));
    }
    if (over.size() == 1) {
      return phrase(over.getFirst());
    }
    if (over.size() == 2) {
      Arith left = over.getFirst();
      Arith right = over.getLast();
      if (left.equals(right)) {
        return phrase(left).isEmpty() ? "" : phrase(left) + "Squared";
      }
      String start = left.equals(TWO) ? "two" : left.equals(HALF) ? "half" : phrase(left);
      return join(start, "", phrase(right));
    }
    return "";
  }

  /** The words in camel case; nothing if one is missing. */
  private static String join(String left, String word, String right) {
    if (left.isEmpty() || right.isEmpty()) {
      return "";
    }
    int first = right.offsetByCodePoints(0, 1);
    return left
        + word
        + right.substring(0, first).toUpperCase(Locale.ROOT)
        + right.substring(first);
  }

  private static String noun(Arith arith) {
    return switch (arith) {
      case Sum(List<Arith> terms) ->
          terms.stream().anyMatch(Negate.class::isInstance) ? "difference" : "sum";
      case Product(_, List<Arith> under) -> under.isEmpty() ? "product" : "ratio";
      case Call(Operation function, _) -> function.noun();
      case Hoisted(Arith value) -> value instanceof Product ? "scale" : noun(value);
      case Literal _, Ref _, Negate _ -> "value";
    };
  }
}
