package org.blrc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticJsonTest {

  @Test
  void placesCountFromZeroInCharactersOfUtf16() throws Exception {
    String text = "first\n\ud83d\ude00 + y\n";
    int start = text.indexOf('y');
    Span span = new Span(new SourceFile("test.blr", text), start, start + 1);
    Diagnostic diagnostic = Diagnostic.at(span, Code.UNKNOWN_NAME, "no \"y\"").withHint("h");
    JsonNode json = new ObjectMapper().readTree(DiagnosticJson.print(List.of(diagnostic)));
    assertEquals("test.blr", json.get("file").asText());
    assertEquals("BLR0201", json.get("code").asText());
    assertEquals(1, json.get("severity").asInt());
    assertEquals("no \"y\"", json.get("message").asText());
    assertEquals("a name is not declared", json.get("title").asText());
    assertEquals("{\"line\":1,\"character\":5}", json.at("/range/start").toString());
    assertEquals("{\"line\":1,\"character\":6}", json.at("/range/end").toString());
    Diagnostic warning = Diagnostic.at(span, Code.UNUSED_NAME, "unused");
    String printed = DiagnosticJson.print(List.of(warning));
    assertEquals(2, new ObjectMapper().readTree(printed).get("severity").asInt());
    assertEquals("h", json.get("hint").asText());
    assertEquals(null, json.get("note"));
  }
}
