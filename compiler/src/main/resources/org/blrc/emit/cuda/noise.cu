// Philox 4x32-10 (Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC'11). One block of four
// words serves the coordinates 4b .. 4b + 3. Its counter is: bits 0..31 of b; bits 32..47 of b, and of the step in the high
// half; bits 0..31 of the step; the sample in the low 24 bits, the stream above. The key is the seed.
struct Draw {
  unsigned long long seed;
  unsigned long long step;
  unsigned int sample;
};

struct Words {
  unsigned int of[4];
};

[[maybe_unused]] static __device__ __forceinline__ Words philox(const Draw &draw, unsigned int stream, unsigned long long block) {
  unsigned int x0 = (unsigned int) block;
  unsigned int x1 = (unsigned int) (draw.step >> 32) << 16 | (unsigned int) (block >> 32);
  unsigned int x2 = (unsigned int) draw.step;
  unsigned int x3 = stream << 24 | draw.sample;
  unsigned int key0 = (unsigned int) draw.seed;
  unsigned int key1 = (unsigned int) (draw.seed >> 32);
#pragma unroll
  for (int round = 0; round < 10; ++round) {
    const unsigned int high0 = __umulhi(0xD2511F53u, x0);
    const unsigned int low0 = 0xD2511F53u * x0;
    const unsigned int high1 = __umulhi(0xCD9E8D57u, x2);
    const unsigned int low1 = 0xCD9E8D57u * x2;
    x0 = high1 ^ x1 ^ key0;
    x1 = low1;
    x2 = high0 ^ x3 ^ key1;
    x3 = low0;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  return Words{{x0, x1, x2, x3}};
}

// A word w stands for (w + 1/2) / 2^32.
[[maybe_unused]] static __device__ __forceinline__ void uniforms(double *to, unsigned int first, unsigned int second) {
  to[0] = (first + 0.5) * 0x1p-32;
  to[1] = (second + 0.5) * 0x1p-32;
}

// Both halves of a word are exact, so that their sum is rounded once.
[[maybe_unused]] static __device__ __forceinline__ float uniform(unsigned int word) {
  const float lower = __fadd_rn(__uint2float_rn(word & 0xffffu), 0.5f);
  const float value = __fmul_rn(__fadd_rn(__uint2float_rn(word & 0xffff0000u), lower), 0x1p-32f);
  return value < 1.0f ? value : 0x1.fffffep-1f;
}

[[maybe_unused]] static __device__ __forceinline__ void uniforms(float *to, unsigned int first, unsigned int second) {
  to[0] = uniform(first);
  to[1] = uniform(second);
}

// The transform of Box and Muller.
[[maybe_unused]] static __device__ __forceinline__ void boxMuller(double *to, unsigned int first, unsigned int second) {
  const double radius = sqrt(-2 * log((first + 0.5) * 0x1p-32));
  double sine;
  double cosine;
  sincospi((second + 0.5) * 0x1p-31, &sine, &cosine);
  to[0] = radius * cosine;
  to[1] = radius * sine;
}

// 1 / sqrt(x) as the special function unit gives it, for numbers that are not subnormal.
[[maybe_unused]] static __device__ __forceinline__ float reciprocalRoot(float x) {
#ifdef __CUDA_ARCH__
  float y;
  asm("rsqrt.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(x));
  return y;
#else
  return rsqrtf(x);
#endif
}

// The same in single precision, operation by operation: no other rounding, no other contraction, so that every machine
// has the same bits. u = 1 + d or u = 2^e (1 + d) with -1/2 <= d <= 0, the former where u >= 1/2; the series is that of
// -2 log(1 + d) / d. The root is rounded to nearest as the compiler's __fsqrt_rn does it in the middle of its range,
// without the branch for the rest.
[[maybe_unused]] static __device__ __forceinline__ float radius(unsigned int word) {
  float exponent = 0.0f;
  float d;
  if (word >> 31) {
    d = __fmul_rn(__fadd_rn(__uint2float_rn(~word), 0.5f), -0x1p-32f);
  } else {
    const unsigned int bits = __float_as_uint(__fadd_rn(__uint2float_rn(word), 0.5f));
    exponent = __int2float_rn((int) (bits >> 23) - 158);
    d = __fadd_rn(__uint_as_float((bits & 0x7fffffu) | 0x3f000000u), -1.0f);
  }
  float series = __fmaf_rn(-2.8285913f, d, -3.2781124f);
  series = __fmaf_rn(series, d, -2.4165027f);
  series = __fmaf_rn(series, d, -0.3614821f);
  series = __fmaf_rn(series, d, -0.5272735f);
  series = __fmaf_rn(series, d, 0.4873806f);
  series = __fmaf_rn(series, d, -0.66726315f);
  series = __fmaf_rn(series, d, 0.99999046f);
  series = __fmaf_rn(series, d, -2.0f);
  const float square = __fmaf_rn(exponent, -1.3862944f, __fmul_rn(series, d));
  const float reciprocal = reciprocalRoot(square);
  const float root = __fmul_rn(square, reciprocal);
  return __fmaf_rn(__fmaf_rn(-root, root, square), __fmul_rn(reciprocal, 0.5f), root);
}

// The angle is what is left of it when the nearest quarter turn is taken off: the lower 30 bits, with their sign. Their
// number is in the upper two bits of `turned`: after an odd one sine and cosine change places.
[[maybe_unused]] static __device__ __forceinline__ void boxMuller(float *to, unsigned int first, unsigned int second) {
  const float length = radius(first);
  const float angle = __fmaf_rn(__int2float_rn((int) (second << 2)), 0x1.921fb6p-32f, 0x1.921fb6p-31f);
  const float square = __fmul_rn(angle, angle);
  const float sine =
      __fmul_rn(
          __fmaf_rn(__fmaf_rn(__fmaf_rn(square, -1.9517298e-4f, 0.008332178f), square, -0.16666655f), square, 1.0f),
          angle);
  const float cosine =
      __fmaf_rn(
          __fmaf_rn(__fmaf_rn(__fmaf_rn(square, 2.4433155e-5f, -0.0013887316f), square, 0.041666646f), square, -0.5f),
          square, 1.0f);
  const unsigned int along = __float_as_uint(__fmul_rn(length, cosine));
  const unsigned int across = __float_as_uint(__fmul_rn(length, sine));
  const unsigned int turned = second + 0x20000000u;
  const bool odd = (turned & 0x40000000u) != 0;
  to[0] = __uint_as_float((odd ? across : along) ^ ((turned + 0x40000000u) & 0x80000000u));
  to[1] = __uint_as_float((odd ? along : across) ^ (turned & 0x80000000u));
}

// Two neighbours, of which the first is at an even place.
template <bool NORMAL, typename Real>
[[maybe_unused]] static __device__ __forceinline__ void pair(Real *to, unsigned int first, unsigned int second) {
  if (NORMAL) {
    boxMuller(to, first, second);
  } else {
    uniforms(to, first, second);
  }
}

// The noise of four neighbours, which begin at i in their tensor, whose first coordinate is at `first` among all. Where
// they do not begin at a multiple of four, they are from two blocks; where they begin at an odd place, of three pairs. What
// is given takes the place of what would be drawn.
template <bool NORMAL>
[[maybe_unused]] static __device__ __forceinline__ void noise(
    float (&to)[4], const float *given, long long i, const Draw &draw, unsigned int stream, long long first, int count,
    bool full) {
  if (given != nullptr) {
    load(to, given + i, count, full);
    return;
  }
  const unsigned long long at = (unsigned long long) (first + i);
  const Words words = philox(draw, stream, at >> 2);
  if ((at & 3) == 0) {
    pair<NORMAL>(to, words.of[0], words.of[1]);
    pair<NORMAL>(to + 2, words.of[2], words.of[3]);
    return;
  }
  const Words next = philox(draw, stream, (at >> 2) + 1);
  const bool later = (at & 2) != 0;
  pair<NORMAL>(to, later ? words.of[2] : words.of[0], later ? words.of[3] : words.of[1]);
  pair<NORMAL>(to + 2, later ? next.of[0] : words.of[2], later ? next.of[1] : words.of[3]);
  if ((at & 1) != 0) {
    float last[2];
    pair<NORMAL>(last, later ? next.of[2] : next.of[0], later ? next.of[3] : next.of[1]);
    to[0] = to[1];
    to[1] = to[2];
    to[2] = to[3];
    to[3] = last[0];
  }
}

// The same of two neighbours.
template <bool NORMAL>
[[maybe_unused]] static __device__ __forceinline__ void noise(
    double (&to)[2], const double *given, long long i, const Draw &draw, unsigned int stream, long long first, int count,
    bool full) {
  if (given != nullptr) {
    load(to, given + i, count, full);
    return;
  }
  const unsigned long long at = (unsigned long long) (first + i);
  const Words words = philox(draw, stream, at >> 2);
  const bool later = (at & 2) != 0;
  pair<NORMAL>(to, later ? words.of[2] : words.of[0], later ? words.of[3] : words.of[1]);
  if ((at & 1) != 0) {
    to[0] = to[1];
    const Words others = philox(draw, stream, (at + 1) >> 2);
    double next[2];
    pair<NORMAL>(next, later ? others.of[0] : others.of[2], later ? others.of[1] : others.of[3]);
    to[1] = next[0];
  }
}
