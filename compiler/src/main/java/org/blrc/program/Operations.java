package org.blrc.program;

import org.blrc.symbolic.Function;

/**
 * Numbers of floating-point operations.
 *
 * @param additions and subtractions
 * @param transcendental exponentials, logarithms, general powers and other special functions
 * @param selections absolute values, signs, minima and maxima
 */
public record Operations(
    int additions,
    int multiplications,
    int divisions,
    int squareRoots,
    int transcendental,
    int selections) {

  public static final Operations NONE = new Operations(0, 0, 0, 0, 0, 0);

  static Operations additions(int count) {
    return new Operations(count, 0, 0, 0, 0, 0);
  }

  static Operations selections(int count) {
    return new Operations(0, 0, 0, 0, 0, count);
  }

  static Operations multiplications(int count) {
    return new Operations(0, count, 0, 0, 0, 0);
  }

  static Operations divisions(int count) {
    return new Operations(0, 0, count, 0, 0, 0);
  }

  static Operations squareRoots(int count) {
    return new Operations(0, 0, 0, count, 0, 0);
  }

  static Operations transcendental(int count) {
    return new Operations(0, 0, 0, 0, count, 0);
  }

  static Operations of(Function function) {
    return switch (function) {
      case ABS, SIGN, MIN, MAX, EQUAL, GREATER -> new Operations(0, 0, 0, 0, 0, 1);
      case CLAMP -> new Operations(0, 0, 0, 0, 0, 2);
      default -> transcendental(1);
    };
  }

  Operations plus(Operations other) {
    return new Operations(
        additions + other.additions,
        multiplications + other.multiplications,
        divisions + other.divisions,
        squareRoots + other.squareRoots,
        transcendental + other.transcendental,
        selections + other.selections);
  }
}
