// Where a single array is read or written: all of its neighbours or some.
template <typename Lanes, typename Number>
static __device__ __forceinline__ void load(Lanes &to, const Number *from, int count, bool full) {
  if (full) {
    load(to, from);
  } else {
    load(to, from, count);
  }
}

template <typename Lanes, typename Number>
static __device__ __forceinline__ void store(Number *to, const Lanes &from, int count, bool full) {
  if (full) {
    store(to, from);
  } else {
    store(to, from, count);
  }
}
