// What is done with answers before they are used. Their rows, of components or of examples, follow one another.
extern "C" __global__ void __launch_bounds__(BLOCK, 1) addAnswer(
    const Tensors tensors, @REAL@ *const *sums, const @MODEL@ *const *answers, const int rows) {
  for (long long chunk = blockIdx.x; chunk < tensors.chunks[tensors.count]; chunk += gridDim.x) {
    const int tensor = tensorOf(tensors, chunk);
    const long long begin = (chunk - tensors.chunks[tensor]) * CHUNK;
    const long long length = tensors.lengths[tensor];
    const long long end = begin + CHUNK < length ? begin + CHUNK : length;
    for (int row = 0; row < rows; ++row) {
      @REAL@ *__restrict__ sum = sums[tensor] + row * tensors.strides[tensor];
      const @MODEL@ *__restrict__ answer = answers[tensor] + row * tensors.strides[tensor];
      const bool whole = aligned(sum) && aligned(answer) && (tensors.strides[tensor] & (@WIDTH@ - 1)) == 0;
      for (long long i = begin + @WIDTH@ * threadIdx.x; i < end; i += @WIDTH@ * BLOCK) {
        const int count = end - i < @WIDTH@ ? (int) (end - i) : @WIDTH@;
        const bool full = whole && count == @WIDTH@;
        @REAL@ old[@WIDTH@];
        @REAL@ added[@WIDTH@];
        if (full) {
          load(old, sum + i);
          load(added, answer + i);
        } else {
          load(old, sum + i, count);
          load(added, answer + i, count);
        }
#pragma unroll
        for (int k = 0; k < @WIDTH@; ++k) {
          old[k] += added[k];
        }
        store(sum + i, old, count, full);
      }
    }
  }
}

extern "C" __global__ void __launch_bounds__(BLOCK, 1) meanAnswer(const Tensors tensors, const @REAL@ *const *sums,
    @MODEL@ *const *means, const int rows, const int passes) {
  for (long long chunk = blockIdx.x; chunk < tensors.chunks[tensors.count]; chunk += gridDim.x) {
    const int tensor = tensorOf(tensors, chunk);
    const long long begin = (chunk - tensors.chunks[tensor]) * CHUNK;
    const long long length = tensors.lengths[tensor];
    const long long end = begin + CHUNK < length ? begin + CHUNK : length;
    for (int row = 0; row < rows; ++row) {
      const @REAL@ *sum = sums[tensor] + row * tensors.strides[tensor];
      @MODEL@ *mean = means[tensor] + row * tensors.strides[tensor];
      const bool whole = aligned(sum) && aligned(mean) && (tensors.strides[tensor] & (@WIDTH@ - 1)) == 0;
      for (long long i = begin + @WIDTH@ * threadIdx.x; i < end; i += @WIDTH@ * BLOCK) {
        const int count = end - i < @WIDTH@ ? (int) (end - i) : @WIDTH@;
        const bool full = whole && count == @WIDTH@;
        @REAL@ values[@WIDTH@];
        load(values, sum + i, count, full);
#pragma unroll
        for (int k = 0; k < @WIDTH@; ++k) {
          values[k] /= (@REAL@) passes;
        }
        store(mean + i, values, count, full);
      }
    }
  }
}

// The first stage: in each chunk, the index of the first number that is not finite, or becomes so in the sum with
// earlier ones, where there are some; infinity if there is none.
extern "C" __global__ void __launch_bounds__(BLOCK, 1) firstNonFinite(const Tensors tensors, const @REAL@ *const *sums,
    const @MODEL@ *const *answers, const int rows, const long long width, double *__restrict__ parts) {
  __shared__ double block[BLOCK];
  for (long long chunk = blockIdx.x; chunk < tensors.chunks[tensors.count]; chunk += gridDim.x) {
    const int tensor = tensorOf(tensors, chunk);
    const long long begin = (chunk - tensors.chunks[tensor]) * CHUNK;
    const long long length = tensors.lengths[tensor];
    const long long end = begin + CHUNK < length ? begin + CHUNK : length;
    double found = __longlong_as_double(0x7ff0000000000000LL);
    for (int row = rows - 1; row >= 0; --row) {
      const @MODEL@ *__restrict__ answer = answers[tensor] + row * tensors.strides[tensor];
      for (long long i = begin + threadIdx.x; i < end; i += BLOCK) {
        const @REAL@ own = @WIDEN@answer[i]@END@;
        const @REAL@ value = sums == nullptr ? own : sums[tensor][row * tensors.strides[tensor] + i] + own;
        const double index = (double) (row * width + tensors.firsts[tensor] + i);
        // Only what is finite is nothing less itself.
        if (value - value != 0 && index < found) {
          found = index;
        }
      }
    }
    const double least = blockLeast(found, block);
    if (threadIdx.x == 0) {
      parts[chunk] = least;
    }
  }
}
