package org.blrc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  private static final List<String> WORDS = List.of("posterior", "prior", "rate", "rho", "s");

  @ParameterizedTest
  @CsvSource({
    "posteriro, posterior",
    "postrior, posterior",
    "Posterior, posterior",
    "piror, prior",
    "prio, prior",
    "rates, rate",
    "RHO, rho",
    "roh, rho",
  })
  void slipsAreRecognised(String word, String meant) {
    assertEquals(Optional.of(meant), Spelling.nearest(word, WORDS));
  }

  @ParameterizedTest
  @CsvSource({"q", "xyz", "posterior", "momentum", "elephant"})
  void otherWordsAreNot(String word) {
    assertEquals(Optional.empty(), Spelling.nearest(word, WORDS));
  }

  @Test
  void enumerationsReadAsProse() {
    assertEquals("", Spelling.list(List.of(), "or"));
    assertEquals("`a`", Spelling.list(List.of("a"), "or"));
    assertEquals("`a` or `b`", Spelling.list(List.of("a", "b"), "or"));
    assertEquals("`a`, `b` and `c`", Spelling.list(List.of("a", "b", "c"), "and"));
  }
}
