// bfloat16: the upper half of a number in single precision. Four neighbours fill 8 bytes.
[[maybe_unused]] static __device__ __forceinline__ bool aligned(const unsigned short *address) {
  return ((unsigned long long) address & 7) == 0;
}

[[maybe_unused]] static __device__ __forceinline__ float widened(unsigned int upper) {
  return __uint_as_float(upper << 16);
}

[[maybe_unused]] static __device__ __forceinline__ void load(float (&to)[4], const unsigned short *from) {
  const uint2 all = *reinterpret_cast<const uint2 *>(from);
  to[0] = __uint_as_float(all.x << 16);
  to[1] = __uint_as_float(all.x & 0xffff0000u);
  to[2] = __uint_as_float(all.y << 16);
  to[3] = __uint_as_float(all.y & 0xffff0000u);
}

[[maybe_unused]] static __device__ __forceinline__ void load(float (&to)[4], const unsigned short *from, int count) {
#pragma unroll
  for (int k = 0; k < 4; ++k) {
    to[k] = k < count ? widened(from[k]) : 0.0f;
  }
}

// Adds to the lower half what makes the upper one round; what is not finite stays what it is.
[[maybe_unused]] static __device__ __forceinline__ unsigned int narrowed(float value, unsigned int added) {
  const unsigned int bits = __float_as_uint(value);
  if ((bits & 0x7f800000u) == 0x7f800000u) {
    return bits >> 16 | ((bits & 0x7fffffu) != 0 ? 0x40u : 0u);
  }
  return (bits + added) >> 16;
}

// To the nearest one, or to that of two whose last digit is even.
[[maybe_unused]] static __device__ __forceinline__ unsigned int nearest(float value) {
  return narrowed(value, 0x7fffu + (__float_as_uint(value) >> 16 & 1u));
}

// Upper halves.
[[maybe_unused]] static __device__ __forceinline__ void store(unsigned short *to, const unsigned int (&from)[4]) {
  __stwb(reinterpret_cast<uint2 *>(to), make_uint2(from[0] | from[1] << 16, from[2] | from[3] << 16));
}

[[maybe_unused]] static __device__ __forceinline__ void store(
    unsigned short *to, const unsigned int (&from)[4], int count) {
#pragma unroll
  for (int k = 0; k < 4; ++k) {
    if (k < count) {
      to[k] = (unsigned short) from[k];
    }
  }
}

[[maybe_unused]] static __device__ __forceinline__ void nearest(unsigned int (&to)[4], const float (&from)[4]) {
#pragma unroll
  for (int k = 0; k < 4; ++k) {
    to[k] = nearest(from[k]);
  }
}

[[maybe_unused]] static __device__ __forceinline__ void store(unsigned short *to, const float (&from)[4]) {
  unsigned int upper[4];
  nearest(upper, from);
  store(to, upper);
}

[[maybe_unused]] static __device__ __forceinline__ void store(unsigned short *to, const float (&from)[4], int count) {
  unsigned int upper[4];
  nearest(upper, from);
  store(to, upper, count);
}
