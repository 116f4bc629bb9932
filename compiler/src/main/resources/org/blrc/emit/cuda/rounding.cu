// How a state is rounded that is kept in bfloat16: to the nearest number, or up or down at random, so that its mean is
// exact. The random numbers have a stream of their own among those of noise.
struct Rounding {
  Draw draw;
  int stochastic;
};

// The first of the four neighbours is at `at` among all coordinates.
[[maybe_unused]] static __device__ __forceinline__ void narrow(
    unsigned int (&to)[4], const float (&from)[4], const Rounding &rounding, unsigned long long at) {
  if (!rounding.stochastic) {
    nearest(to, from);
    return;
  }
  const Words words = philox(rounding.draw, 255u, at >> 2);
  if ((at & 3) == 0) {
#pragma unroll
    for (int k = 0; k < 4; ++k) {
      to[k] = narrowed(from[k], words.of[k] >> 16);
    }
    return;
  }
  const Words others = philox(rounding.draw, 255u, (at >> 2) + 1);
#pragma unroll
  for (int k = 0; k < 4; ++k) {
    const unsigned int place = (unsigned int) (at & 3) + k;
    unsigned int word = 0;
#pragma unroll
    for (unsigned int each = 0; each < 8; ++each) {
      word = each == place ? (each < 4 ? words.of[each & 3] : others.of[each & 3]) : word;
    }
    to[k] = narrowed(from[k], word >> 16);
  }
}
