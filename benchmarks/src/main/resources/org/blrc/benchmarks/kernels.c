// The loops of the optimizers in C, as one would write them for speed: one pass over the arrays for
// what the emitted classes do in one pass, on all threads that OpenMP is given.
//
// gcc -O3 -march=native -ffast-math -fopenmp -shared -fPIC kernels.c -lm

#include <math.h>
#include <omp.h>
#include <stdint.h>
#include <string.h>

#ifdef __AVX2__
#include <immintrin.h>
#endif

#define MIN(a, b) ((a) < (b) ? (a) : (b))

void threads(int count) { omp_set_num_threads(count); }

void rmsprop(long n, float *restrict m, float *restrict s, const float *restrict gradient,
             float alpha, float rho, float delta) {
#pragma omp parallel for simd
  for (long i = 0; i < n; i++) {
    float g = gradient[i];
    float s_new = (1 - rho) * s[i] + rho * g * g;
    s[i] = s_new;
    m[i] -= alpha * g / (sqrtf(s_new) + delta);
  }
}

void adam(long n, float *restrict m, float *restrict s, float *restrict v,
          const float *restrict gradient, float alpha, float beta1, float beta2, float delta,
          long t) {
  float scale = alpha / (1 - pow(beta1, t));
  float debias = 1 / (1 - pow(beta2, t));
#pragma omp parallel for simd
  for (long i = 0; i < n; i++) {
    float g = gradient[i];
    float s_new = beta2 * s[i] + (1 - beta2) * g * g;
    float v_new = beta1 * v[i] + (1 - beta1) * g;
    s[i] = s_new;
    v[i] = v_new;
    m[i] -= scale * v_new / (sqrtf(debias * s_new) + delta);
  }
}

// --- Noise: Philox 4x32-10 in the runtime's layout, and Box-Muller in single precision ------------

#define BLOCK 8192        // coordinates of which the noise stays in the cache
#define BATCH 256         // counters at a time

typedef struct {
  uint32_t key0, key1, step_high, step_low, source;
} address;

static address address_of(long seed, long step) {
  return (address){(uint32_t)seed, (uint32_t)(seed >> 32), (uint32_t)(step >> 32) << 16,
                   (uint32_t)step, 0};
}

#ifdef __AVX2__

// Even and odd counters in two sets of 64-bit lanes, for which there is a multiplication.
static void philox(address a, long first, uint32_t w[4][BATCH]) {
  const __m256i low = _mm256_set1_epi64x(0xFFFFFFFFu);
  const __m256i multiplier0 = _mm256_set1_epi64x(0xD2511F53u);
  const __m256i multiplier1 = _mm256_set1_epi64x(0xCD9E8D57u);
  for (int b = 0; b < BATCH; b += 8) {
    __m256i e0 = _mm256_add_epi64(_mm256_set_epi64x(6, 4, 2, 0), _mm256_set1_epi64x(first + b));
    __m256i o0 = _mm256_add_epi64(e0, _mm256_set1_epi64x(1));
    __m256i e1 = _mm256_or_si256(_mm256_srli_epi64(e0, 32), _mm256_set1_epi64x(a.step_high));
    __m256i o1 = _mm256_or_si256(_mm256_srli_epi64(o0, 32), _mm256_set1_epi64x(a.step_high));
    __m256i e2 = _mm256_set1_epi64x(a.step_low), o2 = e2;
    __m256i e3 = _mm256_set1_epi64x(a.source), o3 = e3;
    uint32_t k0 = a.key0, k1 = a.key1;
    for (int round = 0; round < 10; round++) {
      __m256i ep0 = _mm256_mul_epu32(e0, multiplier0), ep2 = _mm256_mul_epu32(e2, multiplier1);
      __m256i op0 = _mm256_mul_epu32(o0, multiplier0), op2 = _mm256_mul_epu32(o2, multiplier1);
      __m256i key0 = _mm256_set1_epi64x(k0), key1 = _mm256_set1_epi64x(k1);
      e0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(ep2, 32), e1), key0);
      o0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(op2, 32), o1), key0);
      e2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(ep0, 32), e3), key1);
      o2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(op0, 32), o3), key1);
      e1 = ep2, o1 = op2, e3 = ep0, o3 = op0;
      k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
    }
#define STORE(word, even, odd)                                     \
  _mm256_storeu_si256((__m256i *)&w[word][b],                      \
                      _mm256_or_si256(_mm256_and_si256(even, low), \
                                      _mm256_slli_epi64(odd, 32)))
    STORE(0, e0, o0);
    STORE(1, e1, o1);
    STORE(2, e2, o2);
    STORE(3, e3, o3);
  }
}

#else

static void philox(address a, long first, uint32_t w[4][BATCH]) {
#pragma omp simd
  for (int b = 0; b < BATCH; b++) {
    uint32_t x0 = first + b, x1 = a.step_high | (uint32_t)((first + b) >> 32);
    uint32_t x2 = a.step_low, x3 = a.source, k0 = a.key0, k1 = a.key1;
    for (int round = 0; round < 10; round++) {
      uint64_t p0 = (uint64_t)x0 * 0xD2511F53u, p2 = (uint64_t)x2 * 0xCD9E8D57u;
      x0 = (uint32_t)(p2 >> 32) ^ x1 ^ k0;
      x2 = (uint32_t)(p0 >> 32) ^ x3 ^ k1;
      x1 = p2, x3 = p0;
      k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
    }
    w[0][b] = x0, w[1][b] = x1, w[2][b] = x2, w[3][b] = x3;
  }
}

#endif

// logf, of which gcc and glibc have a vector version; the angle as the runtime takes it.
static void box_muller(const uint32_t *restrict first, const uint32_t *restrict second,
                       float *restrict cosines, float *restrict sines) {
  float radius[BATCH];
#pragma omp simd
  for (int i = 0; i < BATCH; i++) {
    radius[i] = sqrtf(-2 * logf(((float)(int32_t)(first[i] >> 1) + 0.5f) * 0x1p-31f));
  }
#pragma omp simd
  for (int i = 0; i < BATCH; i++) {
    uint32_t turned = second[i] + (1u << 29);
    int32_t rest = (int32_t)(turned & 0x3FFFFFFF) - (1 << 29);
    float a = ((float)rest + 0.5f) * (float)(M_PI * 0x1p-31), a2 = a * a;
    float sine = (((-1.9517298e-4f * a2 + 0.008332178f) * a2 - 0.16666655f) * a2 + 1) * a;
    float cosine =
        (((2.4433155e-5f * a2 - 0.0013887316f) * a2 + 0.041666646f) * a2 - 0.5f) * a2 + 1;
    int exchange = (turned & 0x40000000) != 0;
    float c = exchange ? sine : cosine, s = exchange ? cosine : sine;
    c = (int32_t)(turned ^ turned << 1) < 0 ? -c : c;
    s = (int32_t)turned < 0 ? -s : s;
    cosines[i] = radius[i] * c;
    sines[i] = radius[i] * s;
  }
}

// The noise of the coordinates from .. to - 1, a multiple of four but for the last block.
static void normal(address a, long from, long to, float *restrict out) {
  uint32_t w[4][BATCH];
  float c0[BATCH], s0[BATCH], c2[BATCH], s2[BATCH];
  for (long at = from; at < to; at += 4 * BATCH) {
    philox(a, at / 4, w);
    box_muller(w[0], w[1], c0, s0);
    box_muller(w[2], w[3], c2, s2);
    int whole = MIN(BATCH, (to - at) / 4);
    for (int i = 0; i < whole; i++) {
      float *o = out + (at - from) + 4 * i;
      o[0] = c0[i], o[1] = s0[i], o[2] = c2[i], o[3] = s2[i];
    }
    float rest[] = {c0[whole % BATCH], s0[whole % BATCH], c2[whole % BATCH]};
    for (int i = 0; whole < BATCH && i < (to - at) % 4; i++) {
      out[(at - from) + 4 * whole + i] = rest[i];
    }
  }
}

// --- IVON ----------------------------------------------------------------------------------------

void ivon_point(long n, const float *restrict m, const float *restrict h,
                float *restrict parameters, float size, float delta, long seed, long step) {
  address a = address_of(seed, step);
#pragma omp parallel for
  for (long from = 0; from < n; from += BLOCK) {
    float eps[BLOCK];
    long to = MIN(from + BLOCK, n);
    normal(a, from, to, eps);
#pragma omp simd
    for (long i = from; i < to; i++) {
      parameters[i] = m[i] + eps[i - from] / sqrtf(size * (h[i] + delta));
    }
  }
}

void restore(long n, const float *restrict m, float *restrict parameters) {
#pragma omp parallel for
  for (long from = 0; from < n; from += BLOCK) {
    memcpy(parameters + from, m + from, sizeof(float) * (MIN(from + BLOCK, n) - from));
  }
}

void ivon_update(long n, float *restrict m, float *restrict h, float *restrict v,
                 float *restrict parameters, const float *restrict gradient, float alpha,
                 float beta1, float rho, float size, float delta, float clip, long seed, long t) {
  address a = address_of(seed, t);
  float debias = 1 / (1 - pow(beta1, t));
#pragma omp parallel for
  for (long from = 0; from < n; from += BLOCK) {
    float eps[BLOCK];
    long to = MIN(from + BLOCK, n);
    normal(a, from, to, eps);
#pragma omp simd
    for (long i = from; i < to; i++) {
      float g = gradient[i];
      float precision = h[i] + delta;
      float curvature = eps[i - from] * g * sqrtf(size * precision);
      float difference = h[i] - curvature;
      float h_new = (1 - rho) * h[i] + rho * curvature
                    + 0.5f * rho * rho * difference * difference / precision;
      float v_new = beta1 * v[i] + (1 - beta1) * g;
      float direction = (debias * v_new + delta * m[i]) / (h_new + delta);
      float m_new = m[i] - alpha * fminf(fmaxf(direction, -clip), clip);
      h[i] = h_new;
      v[i] = v_new;
      m[i] = m_new;
      parameters[i] = m_new;
    }
  }
}

// --- VOGN ----------------------------------------------------------------------------------------

void vogn_point(long n, const float *restrict m, const float *restrict s,
                float *restrict parameters, float gamma, long seed, long step) {
  address a = address_of(seed, step);
#pragma omp parallel for
  for (long from = 0; from < n; from += BLOCK) {
    float eps[BLOCK];
    long to = MIN(from + BLOCK, n);
    normal(a, from, to, eps);
#pragma omp simd
    for (long i = from; i < to; i++) {
      parameters[i] = m[i] + eps[i - from] / sqrtf(s[i] + gamma);
    }
  }
}

void vogn_update(long n, int examples, float *restrict m, float *restrict s,
                 float *restrict parameters, const float *restrict gradients, float alpha,
                 float rho, float gamma, float size) {
#pragma omp parallel for
  for (long from = 0; from < n; from += 1024) {
    float mean[1024] = {0}, square[1024] = {0};
    long to = MIN(from + 1024, n);
    for (int example = 0; example < examples; example++) {
      const float *row = gradients + example * n;
#pragma omp simd
      for (long i = from; i < to; i++) {
        mean[i - from] += row[i];
        square[i - from] += row[i] * row[i];
      }
    }
    float weight = 1.0f / examples;
#pragma omp simd
    for (long i = from; i < to; i++) {
      float s_new = (1 - rho) * s[i] + rho * size * weight * square[i - from];
      float m_new = m[i] - alpha * (gamma * m[i] + size * weight * mean[i - from])
                             / (s_new + gamma);
      s[i] = s_new;
      m[i] = m_new;
      parameters[i] = m_new;
    }
  }
}
