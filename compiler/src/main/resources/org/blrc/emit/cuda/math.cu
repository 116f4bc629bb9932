//// signum
[[maybe_unused]] static __device__ __forceinline__ double signum(double x) {
  return x > 0 ? 1.0 : x < 0 ? -1.0 : x;
}

[[maybe_unused]] static __device__ __forceinline__ float signum(float x) {
  return x > 0 ? 1.0f : x < 0 ? -1.0f : x;
}

//// smaller
// What is no number stays that.
[[maybe_unused]] static __device__ __forceinline__ double smaller(double x, double y) {
  return x < y || x != x ? x : y;
}

[[maybe_unused]] static __device__ __forceinline__ float smaller(float x, float y) {
  return x < y || x != x ? x : y;
}

//// larger
[[maybe_unused]] static __device__ __forceinline__ double larger(double x, double y) {
  return x > y || x != x ? x : y;
}

[[maybe_unused]] static __device__ __forceinline__ float larger(float x, float y) {
  return x > y || x != x ? x : y;
}

//// sigmoid
// 1 / (1 + exp(-x)).
[[maybe_unused]] static __device__ __forceinline__ double sigmoid(double x) {
  return 1 / (1 + exp(-x));
}

[[maybe_unused]] static __device__ __forceinline__ float sigmoid(float x) {
  return 1 / (1 + expf(-x));
}

//// softplus
// log(1 + exp(x)), without overflow.
[[maybe_unused]] static __device__ __forceinline__ double softplus(double x) {
  return (x > 0 || x != x ? x : 0) + log1p(exp(-fabs(x)));
}

[[maybe_unused]] static __device__ __forceinline__ float softplus(float x) {
  return (x > 0 || x != x ? x : 0) + log1pf(expf(-fabsf(x)));
}

//// logaddexp
// log(exp(x) + exp(y)), without overflow.
[[maybe_unused]] static __device__ __forceinline__ double logaddexp(double x, double y) {
  return x == y ? x + 0.6931471805599453 : (x > y ? x : y) + log1p(exp(-fabs(x - y)));
}

[[maybe_unused]] static __device__ __forceinline__ float logaddexp(float x, float y) {
  return x == y ? x + 0.6931472f : (x > y ? x : y) + log1pf(expf(-fabsf(x - y)));
}

//// exprel
// (exp(x) - 1) / x, and 1 at 0.
[[maybe_unused]] static __device__ __forceinline__ double exprel(double x) {
  return x == 0 ? 1 : x > 710 ? exp(x) : expm1(x) / x;
}

[[maybe_unused]] static __device__ __forceinline__ float exprel(float x) {
  return x == 0 ? 1 : x > 89 ? expf(x) : expm1f(x) / x;
}
