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

[[maybe_unused]] static __device__ __forceinline__ void uniforms(float *to, unsigned int first, unsigned int second) {
  const float one = (float) ((first + 0.5) * 0x1p-32);
  const float two = (float) ((second + 0.5) * 0x1p-32);
  to[0] = one < 1.0f ? one : 0x1.fffffep-1f;
  to[1] = two < 1.0f ? two : 0x1.fffffep-1f;
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

// The same in single precision, operation by operation: no other rounding, no other contraction, so that every machine
// has the same bits. u = 1 + d or u = 2^e (1 + d) with -1/2 <= d <= 0, the former where u >= 1/2; log(1 + d) = 2 atanh(q)
// with q = d / (2 + d). The nearest quarter turn is taken off the angle in integers. The polynomials are near-minimax.
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
  const float q = __fdiv_rn(d, __fadd_rn(d, 2.0f));
  const float square = __fmul_rn(q, q);
  const float series =
      __fmaf_rn(
          __fmaf_rn(__fmaf_rn(__fmaf_rn(square, 0.14012234f, 0.1399957f), square, 0.2001085f), square, 0.3333321f),
          square, 1.0f);
  const float log = __fmul_rn(series, __fadd_rn(q, q));
  return __fsqrt_rn(__fmul_rn(__fmaf_rn(exponent, 0.6931472f, log), -2.0f));
}

[[maybe_unused]] static __device__ __forceinline__ void boxMuller(float *to, unsigned int first, unsigned int second) {
  const float length = radius(first);
  const unsigned int turned = second + (1u << 29);
  const int part = (int) (turned & ((1u << 30) - 1)) - (1 << 29);
  const float angle = __fmul_rn(__fadd_rn(__int2float_rn(part), 0.5f), 0x1.921fb6p-30f);
  const float square = __fmul_rn(angle, angle);
  const float sine =
      __fmul_rn(
          __fmaf_rn(__fmaf_rn(__fmaf_rn(square, -1.9517298e-4f, 0.008332178f), square, -0.16666655f), square, 1.0f),
          angle);
  const float cosine =
      __fmaf_rn(
          __fmaf_rn(__fmaf_rn(__fmaf_rn(square, 2.4433155e-5f, -0.0013887316f), square, 0.041666646f), square, -0.5f),
          square, 1.0f);
  const float along = __fmul_rn(length, cosine);
  const float across = __fmul_rn(length, sine);
  const unsigned int quarter = turned >> 30;
  const float left = quarter & 1 ? across : along;
  const float right = quarter & 1 ? along : across;
  to[0] = quarter == 1 || quarter == 2 ? -left : left;
  to[1] = quarter >= 2 ? -right : right;
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
// they do not begin at a multiple of four, they are from two blocks. What is given takes the place of what would be drawn.
template <bool NORMAL>
[[maybe_unused]] static __device__ __forceinline__ void noise(
    float (&to)[4], const float *given, long long i, const Draw &draw, unsigned int stream, long long first, int count,
    bool whole) {
  if (given != nullptr) {
    load(to, given + i, count, whole);
    return;
  }
  const unsigned long long at = (unsigned long long) (first + i);
  const unsigned long long block = at >> 2;
  const int shift = (int) (at & 3);
  const Words words = philox(draw, stream, block);
  pair<NORMAL>(to, words.of[0], words.of[1]);
  pair<NORMAL>(to + 2, words.of[2], words.of[3]);
  if (shift != 0) {
    const float one = to[1];
    const float two = to[2];
    const float three = to[3];
    to[0] = shift == 1 ? one : shift == 2 ? two : three;
    to[1] = shift == 1 ? two : three;
    to[2] = three;
    float next[4];
    const Words others = philox(draw, stream, block + 1);
    pair<NORMAL>(next, others.of[0], others.of[1]);
    pair<NORMAL>(next + 2, others.of[2], others.of[3]);
    to[1] = shift == 3 ? next[0] : to[1];
    to[2] = shift == 1 ? to[2] : shift == 2 ? next[0] : next[1];
    to[3] = shift == 1 ? next[0] : shift == 2 ? next[1] : next[2];
  }
}

// The same of two neighbours.
template <bool NORMAL>
[[maybe_unused]] static __device__ __forceinline__ void noise(
    double (&to)[2], const double *given, long long i, const Draw &draw, unsigned int stream, long long first, int count,
    bool whole) {
  if (given != nullptr) {
    load(to, given + i, count, whole);
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
