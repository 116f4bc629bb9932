package org.blrc.emit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.blrc.diff.Diffs;
import org.junit.jupiter.api.Test;

/** Comparisons as documents. */
final class DiffReportTest {

  private static final Path REVIEWED = Path.of("src/test/resources/diff/vogn-ivon.txt");

  /** {@code -Dgolden.update=true} rewrites it, for review. */
  @Test
  void theTextIsAsReviewed() throws IOException {
    String text = DiffText.write(Diffs.ofZoo("vogn", "ivon"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(REVIEWED, text);
    }
    assertEquals(Files.readString(REVIEWED), text);
  }

  @Test
  void theJsonHoldsWhatTheTextShows() throws JsonProcessingException {
    JsonNode json = json("vogn", "ivon");
    assertEquals(1, json.get("version").intValue());
    assertEquals("VOGN", json.at("/left/optimizer").textValue());
    assertEquals("ivon.blr", json.at("/right/source").textValue());
    assertEquals("different", json.get("verdict").textValue());
    assertFalse(json.get("same_derivation").booleanValue());
    assertEquals("s", json.at("/names/states/1/left/text").textValue());
    assertEquals("N*h", json.at("/names/states/1/right/text").textValue());
    assertEquals("multiply", json.at("/names/states/1/right/tree/op").textValue());
    assertEquals("v", json.at("/names/only_right").get(2).get("name").textValue());
    assertEquals("equal", json.at("/steps/8/relation").textValue());
    assertEquals("alone", json.at("/steps/9/relation").textValue());
    assertEquals("Hessian", json.at("/parting/subjects/0").textValue());
    assertEquals(12, json.at("/parting/left/number").intValue());
    assertEquals("stein_hessian", json.at("/parting/right/title").textValue());
    assertEquals("rule", json.at("/differences/0/kind").textValue());
    assertEquals("exact", json.at("/differences/0/right/grade").textValue());
    assertEquals(
        "hess(f)(i, x) ~> grad(f)(i, x)^2", json.at("/differences/0/left/rewrites/0").textValue());
    assertEquals("none", json.at("/updates/0/agreement").textValue());
    assertTrue(json.at("/updates/2/left").isMissingNode());
    assertEquals(0.05, json.at("/start/defaults/1/left/value").doubleValue());
    assertEquals("0", json.at("/start/initial/0/left/value/text").textValue());
    assertEquals(40, json.at("/cost/right/step/bytes_moved/each").intValue());
  }

  @Test
  void domainsAreIntervals() throws JsonProcessingException {
    JsonNode domains = json("gd", "newton-diagonal").at("/start/domains/0");
    assertEquals("rho", domains.at("/left/name").textValue());
    assertEquals("Infinity", domains.at("/left/domain/upper").textValue());
    assertEquals(1, domains.at("/right/domain/upper").intValue());
  }

  private static JsonNode json(String left, String right) throws JsonProcessingException {
    return new JsonMapper().readTree(DiffJson.write(Diffs.ofZoo(left, right)));
  }
}
