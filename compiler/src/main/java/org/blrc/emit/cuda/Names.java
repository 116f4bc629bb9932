package org.blrc.emit.cuda;

import java.util.HashSet;
import java.util.Set;
import org.blrc.emit.arith.Suggestions;

/** Gives out C++ identifiers, never the same one twice, whatever the suggestions are. */
final class Names {

  /** Keywords of C++ and of CUDA, and what the prelude and every kernel have names for. */
  private static final Set<String> RESERVED =
      Set.of(
          ("alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t"
                  + " char32_t char8_t class compl concept const const_cast consteval constexpr"
                  + " constinit continue co_await co_return co_yield decltype default delete do"
                  + " double dynamic_cast else enum explicit export extern false float for friend"
                  + " goto if inline int long mutable namespace new noexcept not not_eq nullptr"
                  + " operator or or_eq private protected public register reinterpret_cast requires"
                  + " return short signed sizeof static static_assert static_cast struct switch"
                  + " template this thread_local throw true try typedef typeid typename union"
                  + " unsigned using virtual void volatile wchar_t while xor xor_eq"
                  + " threadIdx blockIdx blockDim gridDim warpSize"
                  + " Tensors Draw Words BLOCK CHUNK tensorOf array aligned load store philox uniform uniforms"
                  + " noise pair boxMuller radius reciprocalRoot blockSum blockLeast blockGreatest totals extremes block"
                  + " addAnswer meanAnswer firstNonFinite widened narrowed nearest narrow"
                  + " Rounding rounding"
                  + " tensors tensor scalars draw sums shared next examples example parts chunk begin"
                  + " end at count whole full i k n stride first main")
              .split(" "));

  private final Set<String> taken;

  private Names(Set<String> taken) {
    this.taken = taken;
  }

  static Names fresh() {
    return new Names(new HashSet<>(RESERVED));
  }

  /** A new name: the suggestion, or the suggestion with a number. */
  String fresh(String suggestion) {
    String first = identifier(suggestion);
    String candidate = first;
    for (int i = 2; isTaken(candidate); i++) {
      candidate = first + i;
    }
    taken.add(candidate);
    return candidate;
  }

  /** Functions of the library are not hidden: a name that is one gets another. */
  private boolean isTaken(String candidate) {
    return taken.contains(candidate) || Library.has(candidate);
  }

  private static String identifier(String suggestion) {
    StringBuilder text = new StringBuilder();
    Suggestions.flat(suggestion)
        .codePoints()
        .forEach(
            c -> {
              if (c == '_' || (c < 128 && Character.isLetterOrDigit(c))) {
                text.appendCodePoint(c);
              } else {
                text.append("u%04X".formatted(c));
              }
            });
    // Names that begin with an underscore, or hold two, belong to the implementation.
    String plain = text.toString().replaceAll("__+", "_").replaceAll("^_+", "");
    return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "v" + plain : plain;
  }
}
