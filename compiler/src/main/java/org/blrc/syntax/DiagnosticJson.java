package org.blrc.syntax;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.blrc.syntax.SourceFile.Position;

/**
 * Prints diagnostics for programs: one JSON object a line, in the shape of the Language Server
 * Protocol (lines and UTF-16 characters from 0; severity 1 is an error, 2 a warning), with the
 * file's name.
 */
public final class DiagnosticJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DiagnosticJson() {}

  public static String print(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    diagnostics.forEach(diagnostic -> out.append(print(diagnostic)).append('\n'));
    return out.toString();
  }

  private static String print(Diagnostic diagnostic) {
    ObjectNode json = MAPPER.createObjectNode();
    diagnostic.span().ifPresent(span -> json.put("file", span.source().name()));
    json.put("code", diagnostic.code().id());
    json.put("severity", diagnostic.isError() ? 1 : 2);
    json.put("title", diagnostic.code().title());
    json.put("message", diagnostic.message());
    diagnostic
        .span()
        .ifPresent(
            span -> {
              ObjectNode range = json.putObject("range");
              place(range.putObject("start"), span.source(), span.start());
              place(range.putObject("end"), span.source(), span.end());
            });
    diagnostic.note().ifPresent(note -> json.put("note", note));
    diagnostic.hint().ifPresent(hint -> json.put("hint", hint));
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void place(ObjectNode json, SourceFile source, int offset) {
    Position position = source.position(offset);
    json.put("line", position.line() - 1);
    json.put("character", offset - 1 - source.text().lastIndexOf('\n', offset - 1));
  }
}
