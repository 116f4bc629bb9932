package org.blrc.emit.cuda;

import java.util.Set;

/** Names that a variable cannot have where their function or macro is wanted. */
final class Library {

  private static final Set<String> NAMES =
      Set.of(
          ("sqrt rsqrt exp expm1 log log1p sin cos atan2 tanh cosh pow atanh erf erfc fabs sincospi"
                  + " min max abs rint floor ceil fma tan copysign isnan isinf isfinite"
                  + " float2 float4 double2 make_float4 make_double2 make_uint2 uint2 uint4"
                  + " y0 y1 yn j0 j1 jn gamma lgamma tgamma NAN INFINITY NULL EOF errno"
                  + " linux unix assert stdin stdout stderr")
              .split(" "));

  private Library() {}

  static boolean has(String name) {
    String plain = name.endsWith("f") ? name.substring(0, name.length() - 1) : name;
    return NAMES.contains(name) || NAMES.contains(plain) || Prelude.defines(name);
  }
}
