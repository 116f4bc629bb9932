// The coordinates of an optimizer are those of its tensors, one after the other. Work is cut into chunks of coordinates,
// none of which is of two tensors; a block takes one chunk after the other.
struct Tensors {
  const long long *lengths;   // the number of coordinates of each tensor
  const long long *firsts;    // the place of its first coordinate among all
  const long long *strides;   // how far apart the rows of components and examples are
  const long long *chunks;    // how many chunks there are before it; one entry more than tensors
  void *const *arrays[@COLUMNS@];    // arrays[which][tensor]; noise that has none is drawn
  int count;
};

static constexpr int BLOCK = 256;
static constexpr long long CHUNK = 2048;

[[maybe_unused]] static __device__ __forceinline__ int tensorOf(const Tensors &tensors, long long chunk) {
  int low = 0;
  int high = tensors.count;
  while (high - low > 1) {
    int middle = low + (high - low) / 2;
    if (tensors.chunks[middle] <= chunk) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

// Where an array of a tensor begins. It is known to lie in global memory, which makes its loads cheaper.
template <typename Number>
static __device__ __forceinline__ Number *array(const Tensors &tensors, int which, int tensor) {
  Number *begin = (Number *) tensors.arrays[which][tensor];
  __builtin_assume(__isGlobal(begin));
  return begin;
}

[[maybe_unused]] static __device__ __forceinline__ bool aligned(const void *address) {
  return ((unsigned long long) address & 15) == 0;
}

// Neighbours that fill 16 bytes, at once; and so many of them one by one, where there are fewer, or where they do not
// begin at a multiple of 16 bytes.
[[maybe_unused]] static __device__ __forceinline__ void load(float (&to)[4], const float *from) {
  const float4 all = *reinterpret_cast<const float4 *>(from);
  to[0] = all.x;
  to[1] = all.y;
  to[2] = all.z;
  to[3] = all.w;
}

[[maybe_unused]] static __device__ __forceinline__ void load(float (&to)[4], const float *from, int count) {
#pragma unroll
  for (int k = 0; k < 4; ++k) {
    to[k] = k < count ? from[k] : 0.0f;
  }
}

[[maybe_unused]] static __device__ __forceinline__ void load(double (&to)[2], const double *from) {
  const double2 both = *reinterpret_cast<const double2 *>(from);
  to[0] = both.x;
  to[1] = both.y;
}

[[maybe_unused]] static __device__ __forceinline__ void load(double (&to)[2], const double *from, int count) {
  to[0] = from[0];
  to[1] = count > 1 ? from[1] : 0.0;
}

// Said as one store of 16 bytes: an assignment would be made of four.
[[maybe_unused]] static __device__ __forceinline__ void store(float *to, const float (&from)[4]) {
  __stwb(reinterpret_cast<float4 *>(to), make_float4(from[0], from[1], from[2], from[3]));
}

[[maybe_unused]] static __device__ __forceinline__ void store(float *to, const float (&from)[4], int count) {
#pragma unroll
  for (int k = 0; k < 4; ++k) {
    if (k < count) {
      to[k] = from[k];
    }
  }
}

[[maybe_unused]] static __device__ __forceinline__ void store(double *to, const double (&from)[2]) {
  __stwb(reinterpret_cast<double2 *>(to), make_double2(from[0], from[1]));
}

[[maybe_unused]] static __device__ __forceinline__ void store(double *to, const double (&from)[2], int count) {
  to[0] = from[0];
  if (count > 1) {
    to[1] = from[1];
  }
}
