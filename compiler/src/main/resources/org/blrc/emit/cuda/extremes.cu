// The least and the greatest number of the threads of a block; no number where one of them has none.
[[maybe_unused]] static __device__ __forceinline__ double blockLeast(double value, double *shared) {
  shared[threadIdx.x] = value;
  __syncthreads();
  for (int half = BLOCK / 2; half > 0; half /= 2) {
    if ((int) threadIdx.x < half) {
      const double other = shared[threadIdx.x + half];
      const double own = shared[threadIdx.x];
      shared[threadIdx.x] = own < other || own != own ? own : other;
    }
    __syncthreads();
  }
  const double least = shared[0];
  __syncthreads();
  return least;
}

[[maybe_unused]] static __device__ __forceinline__ double blockGreatest(double value, double *shared) {
  return -blockLeast(-value, shared);
}

// The second stage of least numbers, and of greatest ones, which follow each other.
extern "C" __global__ void __launch_bounds__(BLOCK, 1) extremes(
    const double *__restrict__ parts, long long chunks, int count, double *__restrict__ to) {
  __shared__ double shared[BLOCK];
  for (int each = 0; each < count; ++each) {
    const double sign = each % 2 == 0 ? 1 : -1;
    double part = __longlong_as_double(0x7ff0000000000000LL);
    for (long long chunk = threadIdx.x; chunk < chunks; chunk += BLOCK) {
      const double other = sign * parts[chunk * count + each];
      part = part < other || part != part ? part : other;
    }
    const double least = blockLeast(part, shared);
    if (threadIdx.x == 0) {
      to[each] = sign * least;
    }
  }
}
