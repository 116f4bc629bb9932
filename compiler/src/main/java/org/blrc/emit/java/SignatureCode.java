package org.blrc.emit.java;

import com.squareup.javapoet.CodeBlock;
import java.util.List;
import java.util.function.Function;
import org.blrc.runtime.Guard;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.Interval;
import org.blrc.runtime.Question;
import org.blrc.runtime.Signature;
import org.blrc.runtime.SumPass;

/** The constant that describes an optimizer. */
final class SignatureCode {

  private SignatureCode() {}

  static CodeBlock of(Signature signature) {
    return CodeBlock.builder()
        .add("\n$>$>new $T(\n$>$>$S,\n", Signature.class, signature.name())
        .add("$L,\n", hypers(signature.hyperParameters()))
        .add("$L,\n", list(signature.states(), state -> CodeBlock.of("$S", state)))
        .add("$L,\n", list(signature.phases(), SignatureCode::phase))
        .add("$L", signature.draws())
        .add(sums(signature))
        .add(guards(signature))
        .add(shared(signature))
        .add(")$<$<$<$<")
        .build();
  }

  private static CodeBlock hypers(List<HyperParameter> hypers) {
    return hypers.isEmpty()
        ? list(hypers, SignatureCode::hyper)
        : CodeBlock.of(
            "$T.of(\n$>$>$L)$<$<",
            List.class,
            hypers.stream().map(SignatureCode::hyper).collect(CodeBlock.joining(",\n")));
  }

  private static CodeBlock sums(Signature signature) {
    return signature.sums().isEmpty() && signature.guards().isEmpty() && hasNothingShared(signature)
        ? CodeBlock.of("")
        : CodeBlock.of(",\n$L", list(signature.sums(), SignatureCode::sumPass));
  }

  private static CodeBlock sumPass(SumPass pass) {
    return CodeBlock.of("new $T($L, $L)", SumPass.class, pass.after(), pass.count());
  }

  private static CodeBlock guards(Signature signature) {
    return signature.guards().isEmpty() && hasNothingShared(signature)
        ? CodeBlock.of("")
        : CodeBlock.of(
            ",\n$L,\n$L", list(signature.guards(), SignatureCode::guard), signature.backsOff());
  }

  private static CodeBlock shared(Signature signature) {
    return hasNothingShared(signature)
        ? CodeBlock.of("")
        : CodeBlock.of(
            ",\n$L,\n$L",
            list(signature.shared(), state -> CodeBlock.of("$S", state)),
            list(signature.common(), hyper -> CodeBlock.of("$S", hyper)));
  }

  private static boolean hasNothingShared(Signature signature) {
    return signature.shared().isEmpty() && signature.common().isEmpty();
  }

  private static CodeBlock guard(Guard guard) {
    return CodeBlock.of("new $T($L,$W$L)", Guard.class, guard.state(), interval(guard.domain()));
  }

  /** An interval as a Java expression. */
  static CodeBlock interval(Interval interval) {
    String known =
        interval.equals(Interval.REAL)
            ? "REAL"
            : interval.equals(Interval.POSITIVE)
                ? "POSITIVE"
                : interval.equals(Interval.NONNEGATIVE) ? "NONNEGATIVE" : null;
    return known == null
        ? CodeBlock.of(
            "new $T($L, $L, $L, $L)",
            Interval.class,
            literal(interval.lower()),
            interval.lowerClosed(),
            literal(interval.upper()),
            interval.upperClosed())
        : CodeBlock.of("$T.$L", Interval.class, known);
  }

  private static CodeBlock phase(List<Question> questions) {
    return list(questions, SignatureCode::question);
  }

  private static <T> CodeBlock list(List<T> items, Function<T, CodeBlock> code) {
    CodeBlock joined = items.stream().map(code).collect(CodeBlock.joining(",$W"));
    return CodeBlock.of("$T.of($L)", List.class, joined);
  }

  private static CodeBlock question(Question question) {
    return CodeBlock.of(
        question.components() == 1 ? "new $T($S, $S, $L)" : "new $T($S, $S, $L, $L)",
        question.components() == 1
            ? new Object[] {
              Question.class, question.function(), question.kind(), question.perExample()
            }
            : new Object[] {
              Question.class,
              question.function(),
              question.kind(),
              question.perExample(),
              question.components()
            });
  }

  private static CodeBlock hyper(HyperParameter hyper) {
    return CodeBlock.of(
        "new $T($S, $L, $L, $L, $L,$W$L)",
        HyperParameter.class,
        hyper.name(),
        literal(hyper.lower()),
        hyper.lowerClosed(),
        literal(hyper.upper()),
        hyper.upperClosed(),
        literal(hyper.byDefault()));
  }

  /** What a hyper-parameter is if nothing is given, in prose. */
  static String describeDefault(HyperParameter hyper) {
    return Double.isNaN(hyper.byDefault())
        ? "has to be given"
        : plain(hyper.byDefault()) + " by default";
  }

  /** A number as a Java expression of type double. */
  static String literal(double value) {
    if (Double.isNaN(value)) {
      return "Double.NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return plain(value);
  }

  private static String plain(double value) {
    boolean integer = value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE;
    return integer
        ? Integer.toString((int) value)
        : Double.toString(value).replace("E", "e").replace(".0e", "e");
  }
}
