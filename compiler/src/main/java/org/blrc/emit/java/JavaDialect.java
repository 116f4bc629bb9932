package org.blrc.emit.java;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.TypeName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.blrc.emit.arith.Dialect;
import org.blrc.emit.arith.LineBreaks;
import org.blrc.emit.arith.Operation;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.Source;

/** Java's functions, constants and types. */
final class JavaDialect implements Dialect {

  static final JavaDialect JAVA = new JavaDialect();

  /** Methods of {@link Math} that have overloads for float, so that their results need no cast. */
  private static final Set<Operation> OVERLOADED =
      EnumSet.of(Operation.ABS, Operation.SIGN, Operation.MIN, Operation.MAX);

  private JavaDialect() {}

  /** Whether there is an overload for float. */
  static boolean isOverloaded(Operation operation) {
    return OVERLOADED.contains(operation);
  }

  @Override
  public String call(Operation operation, List<String> arguments, Precision precision) {
    String cast = isOverloaded(operation) ? "" : precision.cast();
    return cast + method(operation) + "(" + String.join("," + LineBreaks.BREAK, arguments) + ")";
  }

  @Override
  public String real(String digits, Precision precision) {
    return digits + (precision == Precision.FLOAT ? "f" : ".0");
  }

  private static String method(Operation operation) {
    return switch (operation) {
      case SQRT -> "Math.sqrt";
      case EXP -> "Math.exp";
      case EXPM1 -> "Math.expm1";
      case LOG -> "Math.log";
      case LOG1P -> "Math.log1p";
      case SIN -> "Math.sin";
      case COS -> "Math.cos";
      case ATAN2 -> "Math.atan2";
      case TANH -> "Math.tanh";
      case COSH -> "Math.cosh";
      case POW -> "Math.pow";
      case ATANH -> ofRuntime("atanh");
      case EXPREL -> ofRuntime("exprel");
      case SIGMOID -> ofRuntime("sigmoid");
      case SOFTPLUS -> ofRuntime("softplus");
      case LOGADDEXP -> ofRuntime("logaddexp");
      case LGAMMA -> ofRuntime("lgamma");
      case DIGAMMA -> ofRuntime("digamma");
      case TRIGAMMA -> ofRuntime("trigamma");
      case POLYGAMMA -> ofRuntime("polygamma");
      case ERF -> ofRuntime("erf");
      case ERFC -> ofRuntime("erfc");
      case ERFCX -> ofRuntime("erfcx");
      case NDTR -> ofRuntime("ndtr");
      case NDTRI -> ofRuntime("ndtri");
      case LOG_NDTR -> ofRuntime("logNdtr");
      case BESSEL_I0 -> ofRuntime("besselI0");
      case BESSEL_I1 -> ofRuntime("besselI1");
      case BESSEL_I0E -> ofRuntime("besselI0e");
      case BESSEL_I1E -> ofRuntime("besselI1e");
      case LOG_BESSEL_I0 -> ofRuntime("logBesselI0");
      case BESSEL_RATIO -> ofRuntime("besselRatio");
      case BESSEL_RATIO_SLOPE -> ofRuntime("besselRatioSlope");
      case BESSEL_RATIO_INVERSE -> ofRuntime("besselRatioInverse");
      case GAMMAINC -> ofRuntime("gammainc");
      case GAMMAINCC -> ofRuntime("gammaincc");
      case GAMMAINC_DA -> ofRuntime("gammaincByShape");
      case GAMMAINC_DX -> ofRuntime("gammaDensity");
      case GAMMAINCINV -> ofRuntime("gammaincinv");
      case PDTRIK -> ofRuntime("pdtrik");
      case BESSEL_I0INC -> ofRuntime("besselI0inc");
      case BESSEL_I0INC_DK -> ofRuntime("besselI0incByConcentration");
      case BESSEL_I0INC_DX -> ofRuntime("angleDensity");
      case BESSEL_I0INCINV -> ofRuntime("besselI0incinv");
      case BETAINC -> ofRuntime("betainc");
      case BETAINC_DX -> ofRuntime("betaDensity");
      case ABS -> "Math.abs";
      case SIGN -> "Math.signum";
      case MIN -> "Math.min";
      case MAX -> "Math.max";
    };
  }

  private static String ofRuntime(String method) {
    return org.blrc.emit.java.LineBreaks.RUNTIME + "." + method;
  }

  static String constant(Source.Constant constant) {
    return switch (constant) {
      case PI -> "Math.PI";
      case INFINITY -> "Double.POSITIVE_INFINITY";
    };
  }

  static TypeName type(Precision precision) {
    return switch (precision) {
      case DOUBLE -> TypeName.DOUBLE;
      case FLOAT -> TypeName.FLOAT;
    };
  }

  static ArrayTypeName array(Precision precision) {
    return ArrayTypeName.of(type(precision));
  }
}
