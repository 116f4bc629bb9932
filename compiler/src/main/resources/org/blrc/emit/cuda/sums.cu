// Adds up one number of each thread of a block, always in the same order; thread 0 has the result.
[[maybe_unused]] static __device__ __forceinline__ double blockSum(double value, double *shared) {
  shared[threadIdx.x] = value;
  __syncthreads();
  for (int half = BLOCK / 2; half > 0; half /= 2) {
    if ((int) threadIdx.x < half) {
      shared[threadIdx.x] += shared[threadIdx.x + half];
    }
    __syncthreads();
  }
  const double sum = shared[0];
  __syncthreads();
  return sum;
}

// The second stage: one block adds up what the chunks came to. parts[chunk * count + sum]
extern "C" __global__ void __launch_bounds__(BLOCK, 1) totals(
    const double *__restrict__ parts, long long chunks, int count, double *__restrict__ to) {
  __shared__ double shared[BLOCK];
  for (int sum = 0; sum < count; ++sum) {
    double part = 0;
    for (long long chunk = threadIdx.x; chunk < chunks; chunk += BLOCK) {
      part += parts[chunk * count + sum];
    }
    const double total = blockSum(part, shared);
    if (threadIdx.x == 0) {
      to[sum] = total;
    }
  }
}
