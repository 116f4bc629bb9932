// What kernels find on a GPU, for g++: blocks run one after the other, and so do the threads of a block, each up to its
// next barrier.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <vector>
#include <ucontext.h>

#define __global__
#define __device__
#define __forceinline__ inline
#define __noinline__
#define __launch_bounds__(...)
#define __shared__ static
#define __builtin_assume(...)

namespace host {

struct Index {
  unsigned int x;
};

static Index thread;
static Index block;
static Index grid;

// A thread that can wait at a barrier.
struct Fiber {
  ucontext_t context;
  std::vector<char> stack;
  bool done;
};

static ucontext_t scheduler;
static std::vector<Fiber> fibers;
static const std::function<void()> *kernel;

static void enter() {
  (*kernel)();
  fibers[thread.x].done = true;
  swapcontext(&fibers[thread.x].context, &scheduler);
}

static void barrier() {
  const unsigned int self = thread.x;
  swapcontext(&fibers[self].context, &scheduler);
  thread.x = self;
}

static void runWithBarriers(unsigned int threads) {
  fibers.resize(threads);
  for (Fiber &fiber : fibers) {
    fiber.stack.resize(1 << 16);
    fiber.done = false;
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack.data();
    fiber.context.uc_stack.ss_size = fiber.stack.size();
    fiber.context.uc_link = nullptr;
    makecontext(&fiber.context, enter, 0);
  }
  for (bool all = false; !all;) {
    all = true;
    for (unsigned int i = 0; i < threads; ++i) {
      if (!fibers[i].done) {
        thread.x = i;
        swapcontext(&scheduler, &fibers[i].context);
        all = all && fibers[i].done;
      }
    }
  }
}

static void launch(unsigned int blocks, unsigned int threads, bool barriers, const std::function<void()> &body) {
  grid.x = blocks;
  kernel = &body;
  for (block.x = 0; block.x < blocks; ++block.x) {
    if (barriers) {
      runWithBarriers(threads);
    } else {
      for (thread.x = 0; thread.x < threads; ++thread.x) {
        body();
      }
    }
  }
}

}  // namespace host

#define threadIdx host::thread
#define blockIdx host::block
#define gridDim host::grid
#define __syncthreads host::barrier

struct alignas(16) float4 {
  float x, y, z, w;
};

struct alignas(16) double2 {
  double x, y;
};

struct alignas(8) uint2 {
  unsigned int x, y;
};

static inline uint2 make_uint2(unsigned int x, unsigned int y) { return {x, y}; }

static inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }

static inline double2 make_double2(double x, double y) { return {x, y}; }

template <typename Value>
static inline void __stwb(Value *to, Value value) {
  *to = value;
}

static inline unsigned int __umulhi(unsigned int x, unsigned int y) {
  return (unsigned int) ((uint64_t) x * y >> 32);
}

template <typename To, typename From>
static inline To bits(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

static inline unsigned int __float_as_uint(float x) { return bits<unsigned int>(x); }
static inline float __uint_as_float(unsigned int x) { return bits<float>(x); }
static inline double __longlong_as_double(long long x) { return bits<double>(x); }
static inline float __uint2float_rn(unsigned int x) { return (float) x; }
static inline float __int2float_rn(int x) { return (float) x; }
static inline float __fadd_rn(float x, float y) { return x + y; }
static inline float __fmul_rn(float x, float y) { return x * y; }
static inline float __fmaf_rn(float x, float y, float z) { return std::fma(x, y, z); }

static inline float rsqrtf(float x) { return 1.0f / std::sqrt(x); }

// Exact at multiples of a quarter turn, as CUDA's.
static inline void sincospi(double x, double *sine, double *cosine) {
  const double halves = std::nearbyint(2 * x);
  const double rest = 3.141592653589793 * (x - halves / 2);
  const double s = std::sin(rest);
  const double c = std::cos(rest);
  switch ((long long) halves & 3) {
    case 0: *sine = s; *cosine = c; break;
    case 1: *sine = c; *cosine = -s; break;
    case 2: *sine = -s; *cosine = -c; break;
    default: *sine = -c; *cosine = s;
  }
}
