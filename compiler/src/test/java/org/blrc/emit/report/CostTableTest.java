package org.blrc.emit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.blrc.derive.Derivation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CostTableTest {

  @Test
  void amountsForExamplesAreMultiplesOfB() {
    CostTable table = CostTable.of(Derivations.of("vogn.blr").getFirst().program());
    assertEquals(List.of("a step"), table.columns());
    assertEquals(List.of("28 + 4 B"), table.rows().getFirst().values());
    assertTrue(table.remarks().getLast().startsWith("B is the number of examples"));
  }

  @Test
  void furtherDrawsHaveTheirColumn() {
    CostTable table = CostTable.of(Derivations.of("awkward").getLast().program());
    assertEquals(List.of("one draw", "each further draw"), table.columns());
    assertEquals(new CostTable.Row("noise draws", List.of("1", "1")), table.rows().get(5));
    assertTrue(table.remarks().contains("The number of draws is `4`."));
  }

  @ParameterizedTest
  @MethodSource("org.blrc.emit.report.Derivations#names")
  void textAndMarkdownEndWithIt(String name) {
    Derivation derivation = Derivations.of(name).getLast();
    CostTable.Row last = CostTable.of(derivation.program()).rows().getLast();
    for (Report report : List.of(new TextReport(), new MarkdownReport())) {
      String line = report.write(derivation).lines().toList().getLast();
      assertTrue(line.contains(last.quantity()), line);
      last.values().forEach(value -> assertTrue(line.contains(value), line));
    }
  }
}
