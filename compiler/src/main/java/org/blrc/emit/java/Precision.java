package org.blrc.emit.java;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.TypeName;

/** The floating-point type that a class computes in. */
enum Precision {
  DOUBLE("Double", "double", TypeName.DOUBLE, ""),
  FLOAT("Float", "single", TypeName.FLOAT, "f");

  /** Ends the class name. */
  final String classSuffix;

  /** In prose. */
  final String label;

  final TypeName type;
  final ArrayTypeName array;

  /** Ends a literal with a decimal point. */
  final String literalSuffix;

  Precision(String classSuffix, String label, TypeName type, String literalSuffix) {
    this.classSuffix = classSuffix;
    this.label = label;
    this.type = type;
    this.array = ArrayTypeName.of(type);
    this.literalSuffix = literalSuffix;
  }

  /** What turns a double into this type. */
  String cast() {
    return this == FLOAT ? "(float) " : "";
  }
}
