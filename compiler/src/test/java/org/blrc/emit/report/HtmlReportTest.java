package org.blrc.emit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.blrc.derive.Derivation;
import org.blrc.derive.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class HtmlReportTest {

  /** The elements of MathML Core that hold a fixed number of others. */
  private static final Map<String, Integer> CHILDREN =
      Map.of("mfrac", 2, "msub", 2, "msup", 2, "munder", 2, "munderover", 3);

  private static final Set<String> ROWS = Set.of("math", "mrow", "msqrt", "mstyle");
  private static final Set<String> TOKENS = Set.of("mi", "mn", "mo", "mtext", "mspace");

  @ParameterizedTest
  @MethodSource("org.blrc.emit.report.Derivations#names")
  void formulasAreMathMl(String name) throws Exception {
    Document document = document(Derivations.of(name));
    NodeList formulas = document.getElementsByTagName("math");
    assertTrue(formulas.getLength() > 10);
    for (int i = 0; i < formulas.getLength(); i++) {
      check((Element) formulas.item(i));
    }
  }

  private static void check(Element element) {
    String tag = element.getTagName();
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      } else {
        assertTrue(TOKENS.contains(tag), tag + " holds text");
      }
    }
    if (TOKENS.contains(tag)) {
      assertEquals(List.of(), children);
    } else if (CHILDREN.containsKey(tag)) {
      assertEquals(CHILDREN.get(tag), children.size(), tag);
    } else {
      assertTrue(ROWS.contains(tag), tag);
    }
    children.forEach(HtmlReportTest::check);
  }

  @ParameterizedTest
  @MethodSource("org.blrc.emit.report.Derivations#names")
  void nothingIsFetched(String name) throws Exception {
    List<Derivation> derivations = Derivations.of(name);
    NodeList elements = document(derivations).getElementsByTagName("*");
    Set<String> anchors = new HashSet<>();
    List<String> links = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      assertFalse(Set.of("script", "link", "img", "iframe").contains(element.getTagName()));
      assertFalse(element.hasAttribute("src"));
      if (element.hasAttribute("id")) {
        assertTrue(anchors.add(element.getAttribute("id")), element.getAttribute("id"));
      }
      if (element.hasAttribute("href")) {
        links.add(element.getAttribute("href"));
      }
    }
    links.forEach(link -> assertTrue(anchors.contains(link.substring(1)), link));
    String html = new HtmlReport().write(derivations);
    assertFalse(html.contains("url(") || html.contains("@import"));
  }

  @ParameterizedTest
  @MethodSource("org.blrc.emit.report.Derivations#names")
  void everyStepIsThere(String name) throws Exception {
    List<Derivation> derivations = Derivations.of(name);
    String text = document(derivations).getDocumentElement().getTextContent();
    for (Derivation derivation : derivations) {
      for (Step step : derivation.steps()) {
        assertTrue(text.contains(step.title()), step.title());
        for (Step.Line line : step.lines()) {
          if (line instanceof Step.Line.Rule(String rule)) {
            assertTrue(text.contains(rule), rule);
          }
        }
      }
    }
  }

  @Test
  void signsAreEscaped() throws Exception {
    String text = document(Derivations.of("awkward")).getDocumentElement().getTextContent();
    assertTrue(text.contains("A < b > c & d # $x_1^2$") || text.contains("a < b > c & d #"), text);
    assertTrue(text.contains("Derivation of Ünïcode_Optimizer"));
  }

  @ParameterizedTest
  @MethodSource("org.blrc.emit.report.Derivations#names")
  void endsWithTheCosts(String name) throws Exception {
    List<Derivation> derivations = Derivations.of(name);
    NodeList tables = document(derivations).getElementsByTagName("table");
    assertEquals(derivations.size(), tables.getLength());
    for (int i = 0; i < tables.getLength(); i++) {
      CostTable costs = CostTable.of(derivations.get(i).program());
      NodeList cells = ((Element) tables.item(i)).getElementsByTagName("td");
      // The first cell is the corner.
      assertEquals(costs.rows().getFirst().values().getFirst(), cells.item(1).getTextContent());
      assertEquals(1 + costs.rows().size() * costs.columns().size(), cells.getLength());
    }
  }

  private static Document document(List<Derivation> derivations) throws Exception {
    String html = new HtmlReport().write(derivations);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }
}
