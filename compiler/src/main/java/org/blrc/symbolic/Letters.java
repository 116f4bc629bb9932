package org.blrc.symbolic;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the letters of names are set in mathematics, in Unicode and in LaTeX. */
public final class Letters {

  /** Words that stand for one letter: the LaTeX command, and the letter that it shows. */
  private static final Map<String, String> COMMANDS = new HashMap<>();

  private static final Map<String, String> COMMAND_OF_LETTER = new HashMap<>();

  /** Combining marks, each with the LaTeX command for the accent. */
  private static final Map<Integer, String> ACCENTS =
      Map.of(
          0x300,
          "grave",
          0x301,
          "acute",
          0x302,
          "hat",
          0x303,
          "tilde",
          0x304,
          "bar",
          0x306,
          "breve",
          0x307,
          "dot",
          0x308,
          "ddot",
          0x30a,
          "mathring",
          0x30c,
          "check");

  /** Letters of Latin alphabets that are no other letter with an accent. */
  private static final Map<String, String> LATIN =
      Map.of(
          "ß", "ss", "æ", "ae", "Æ", "AE", "œ", "oe", "Œ", "OE", "ø", "o", "Ø", "O", "ł", "l", "Ł",
          "L");

  static {
    String[] commands =
        ("alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ"
                + " iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ varrho ϱ sigma σ varsigma ς"
                + " tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ"
                + " Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ")
            .split(" ");
    for (int i = 0; i < commands.length; i += 2) {
      COMMANDS.put(commands[i], commands[i + 1]);
      COMMAND_OF_LETTER.put(commands[i + 1], "\\" + commands[i]);
    }
    COMMANDS.put("eps", "ϵ");
  }

  private Letters() {}

  /** The letter that a word names, such as {@code theta}. */
  static Optional<String> named(String word) {
    return Optional.ofNullable(COMMANDS.get(word));
  }

  /**
   * Any letter or digit, for mathematics mode, in ASCII. Letters of scripts that plain LaTeX has no
   * fonts for are spelled by their names in Unicode.
   */
  public static String latex(int codePoint) {
    String letter = Character.toString(codePoint);
    if (codePoint == '_') {
      return "\\_";
    }
    if (codePoint < 0x80) {
      return letter;
    }
    String command = COMMAND_OF_LETTER.get(letter);
    if (command != null) {
      return "{" + command + "}";
    }
    if (LATIN.containsKey(letter)) {
      return "\\text{\\" + LATIN.get(letter) + "}";
    }
    String plain = Normalizer.normalize(letter, Normalizer.Form.NFKD);
    List<Integer> parts = plain.codePoints().boxed().toList();
    if (parts.size() == 1) {
      return parts.getFirst() == codePoint ? spelled(codePoint) : latex(parts.getFirst());
    }
    StringBuilder result = new StringBuilder();
    for (int part : parts) {
      if (ACCENTS.containsKey(part)) {
        result.insert(0, "\\" + ACCENTS.get(part) + "{").append("}");
      } else if (Character.getType(part) != Character.NON_SPACING_MARK) {
        result.append(latex(part));
      }
    }
    return result.toString();
  }

  /** The last word of a letter's name in Unicode. */
  private static String spelled(int codePoint) {
    String name = Optional.ofNullable(Character.getName(codePoint)).orElse("");
    String word = name.substring(name.lastIndexOf(' ') + 1);
    if (word.isEmpty() || Character.isIdeographic(codePoint)) {
      return "\\mathrm{u" + Integer.toHexString(codePoint) + "}";
    }
    String rest = word.substring(1).toLowerCase(Locale.ROOT);
    boolean capital = Character.isUpperCase(codePoint);
    String first = word.substring(0, 1);
    return "\\mathrm{" + (capital ? first : first.toLowerCase(Locale.ROOT)) + rest + "}";
  }
}
