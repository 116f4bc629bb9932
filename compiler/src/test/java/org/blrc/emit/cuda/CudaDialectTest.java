package org.blrc.emit.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.blrc.emit.arith.Operation;
import org.blrc.emit.arith.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CudaDialectTest {

  /** Whatever an update may hold, kernels can compute. */
  @ParameterizedTest
  @EnumSource
  void knowsEveryOperation(Operation operation) {
    for (Precision precision : Precision.values()) {
      String call = CudaDialect.CUDA.call(operation, List.of("x"), precision);
      assertTrue(call.endsWith("(x)"), call);
    }
  }
}
