package org.blrc.emit.cuda;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.blrc.emit.arith.Dialect;
import org.blrc.emit.arith.LineBreaks;
import org.blrc.emit.arith.Operation;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.arith.Source;

/**
 * CUDA's functions and constants. What CUDA has itself is called by its name, in single precision
 * with an f at its end; the rest is defined in the source, {@link Prelude}.
 */
final class CudaDialect implements Dialect {

  static final CudaDialect CUDA = new CudaDialect();

  /** The functions that CUDA has in both precisions, and the host's library, too. */
  private static final Map<Operation, String> BUILT_IN = new EnumMap<>(Operation.class);

  static {
    BUILT_IN.put(Operation.SQRT, "sqrt");
    BUILT_IN.put(Operation.EXP, "exp");
    BUILT_IN.put(Operation.EXPM1, "expm1");
    BUILT_IN.put(Operation.LOG, "log");
    BUILT_IN.put(Operation.LOG1P, "log1p");
    BUILT_IN.put(Operation.SIN, "sin");
    BUILT_IN.put(Operation.COS, "cos");
    BUILT_IN.put(Operation.ATAN2, "atan2");
    BUILT_IN.put(Operation.TANH, "tanh");
    BUILT_IN.put(Operation.COSH, "cosh");
    BUILT_IN.put(Operation.POW, "pow");
    BUILT_IN.put(Operation.ATANH, "atanh");
    BUILT_IN.put(Operation.ERF, "erf");
    BUILT_IN.put(Operation.ERFC, "erfc");
    BUILT_IN.put(Operation.ABS, "fabs");
  }

  private CudaDialect() {}

  /** Whether the source has to define a function. */
  static boolean isDefined(Operation operation) {
    return !BUILT_IN.containsKey(operation);
  }

  @Override
  public String call(Operation operation, List<String> arguments, Precision precision) {
    String builtIn = BUILT_IN.get(operation);
    String list = "(" + String.join("," + LineBreaks.BREAK, arguments) + ")";
    if (builtIn != null) {
      return builtIn + (precision == Precision.FLOAT ? "f" : "") + list;
    }
    String cast = Prelude.isOverloaded(operation) ? "" : precision.cast();
    return cast + Prelude.function(operation) + list;
  }

  @Override
  public String real(String digits, Precision precision) {
    return digits + ".0" + precision.suffix();
  }

  /** To within two units in the last place, in a single instruction. */
  @Override
  public String reciprocalRoot(String argument, Precision precision) {
    return precision == Precision.FLOAT ? "rsqrtf(" + argument + ")" : null;
  }

  static String constant(Source.Constant constant) {
    return switch (constant) {
      case PI -> "3.141592653589793";
      case INFINITY -> "__longlong_as_double(0x7ff0000000000000LL)";
    };
  }
}
