// A driver for two GPUs that are this machine's processor, with the functions that launching needs. The machine code of
// its GPUs is a shared library with functions that find and launch kernels. A call can be made to fail, and what is in use
// can be counted.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <map>
#include <mutex>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

constexpr int GPUS = 2;
constexpr size_t MEMORY = size_t(1) << 28;

// What lies behind every piece of memory has to stay.
constexpr size_t FENCE = 512;
constexpr unsigned char UNTOUCHED = 0xcd;

enum {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  INVALID_PTX = 218,
  INVALID_DEVICE = 101,
  INVALID_IMAGE = 200,
  INVALID_CONTEXT = 201,
  NOT_FOUND = 500,
  ILLEGAL_ADDRESS = 700,
  LAUNCH_FAILED = 719,
  CAPTURE_UNSUPPORTED = 900,
};

struct Allocation {
  size_t bytes;
  int device;
};

struct Module {
  void *library;
};

struct Function {
  Module *module;
  int index;
};

struct Node {
  Function *function;
  unsigned int blocks;
  std::vector<std::vector<char>> values;
};

struct Graph {
  std::vector<Node *> nodes;
  uint64_t capture;
};

struct Stream {
  Graph *recording = nullptr;
};

std::mutex lock;
std::map<uintptr_t, Allocation> allocations;
std::map<std::string, std::pair<int, int>> failures;  // after how many calls, and with what
std::map<std::string, long> calls;
Stream legacy;
int contexts[GPUS];
int streams = 0;
int modules = 0;
thread_local int current = -1;

Stream *of(void *stream) { return stream == nullptr ? &legacy : (Stream *) stream; }

// Counts a call; what it returns where it is to fail.
int called(const char *name) {
  std::lock_guard<std::mutex> guard(lock);
  ++calls[name];
  auto found = failures.find(name);
  if (found == failures.end() || found->second.first-- > 0) {
    return SUCCESS;
  }
  const int code = found->second.second;
  failures.erase(found);
  return code;
}

// The same where the thread has to have chosen a GPU.
int calledInContext(const char *name) {
  const int result = called(name);
  return result == SUCCESS && current < 0 ? INVALID_CONTEXT : result;
}

// Nothing that waits can be recorded.
int waits(void *stream) { return of(stream)->recording == nullptr ? SUCCESS : CAPTURE_UNSUPPORTED; }

typedef int (*Launch)(int, unsigned int, void **);
typedef int (*Find)(const char *);
typedef int (*Sizes)(int, size_t *);

int run(const Node *node) {
  std::vector<void *> arguments;
  for (const std::vector<char> &value : node->values) {
    arguments.push_back((void *) value.data());
  }
  ((void (*)(int, unsigned int, void **)) dlsym(node->function->module->library, "blrc_launch"))(
      node->function->index, node->blocks, arguments.data());
  return SUCCESS;
}

void take(Node *node, void **parameters) {
  size_t sizes[64];
  const int count = ((Sizes) dlsym(node->function->module->library, "blrc_sizes"))(node->function->index, sizes);
  node->values.clear();
  for (int i = 0; i < count; ++i) {
    const char *from = (const char *) parameters[i];
    node->values.emplace_back(from, from + sizes[i]);
  }
}

size_t used(int device) {
  size_t bytes = 0;
  for (const auto &each : allocations) {
    bytes += each.second.device == device ? each.second.bytes : 0;
  }
  return bytes;
}

}  // namespace

extern "C" {

// For tests.
void test_fail(const char *name, int after, int code) { failures[name] = {after, code}; }
void test_forgive(const char *name) { failures.erase(name); }
long test_calls(const char *name) { return calls[name]; }
int test_in_use() {
  int all = (int) allocations.size() + streams + modules;
  for (int context : contexts) {
    all += context;
  }
  return all;
}

int cuInit(unsigned int) { return called("cuInit"); }

int cuDeviceGetCount(int *count) {
  *count = GPUS;
  return called("cuDeviceGetCount");
}

int cuDeviceGetName(char *name, int length, int device) {
  snprintf(name, length, "Processor %d", device);
  return called("cuDeviceGetName");
}

int cuDeviceGetAttribute(int *value, int attribute, int) {
  *value = attribute == 75 ? 9 : 0;
  return called("cuDeviceGetAttribute");
}

int cuDevicePrimaryCtxRetain(void **context, int device) {
  *context = (void *) (uintptr_t) (device + 1);
  const int result = called("cuDevicePrimaryCtxRetain");
  contexts[device] += result == SUCCESS;
  return result;
}

int cuDevicePrimaryCtxRelease_v2(int device) {
  --contexts[device];
  return called("cuDevicePrimaryCtxRelease");
}

int cuCtxSetCurrent(void *context) {
  current = (int) (uintptr_t) context - 1;
  return called("cuCtxSetCurrent");
}

int cuGetErrorName(int code, const char **name) {
  switch (code) {
    case OUT_OF_MEMORY: *name = "CUDA_ERROR_OUT_OF_MEMORY"; return SUCCESS;
    case INVALID_PTX: *name = "CUDA_ERROR_INVALID_PTX"; return SUCCESS;
    case INVALID_CONTEXT: *name = "CUDA_ERROR_INVALID_CONTEXT"; return SUCCESS;
    case INVALID_IMAGE: *name = "CUDA_ERROR_INVALID_IMAGE"; return SUCCESS;
    case NOT_FOUND: *name = "CUDA_ERROR_NOT_FOUND"; return SUCCESS;
    case ILLEGAL_ADDRESS: *name = "CUDA_ERROR_ILLEGAL_ADDRESS"; return SUCCESS;
    case LAUNCH_FAILED: *name = "CUDA_ERROR_LAUNCH_FAILED"; return SUCCESS;
    case CAPTURE_UNSUPPORTED: *name = "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED"; return SUCCESS;
    default: return INVALID_VALUE;
  }
}

int cuGetErrorString(int, const char **text) {
  *text = "said by the driver of the tests";
  return SUCCESS;
}

int cuStreamCreate(void **stream, unsigned int) {
  *stream = new Stream();
  const int result = calledInContext("cuStreamCreate");
  streams += result == SUCCESS;
  return result;
}

int cuStreamDestroy_v2(void *stream) {
  delete (Stream *) stream;
  --streams;
  return called("cuStreamDestroy");
}

int cuStreamSynchronize(void *stream) {
  const int result = calledInContext("cuStreamSynchronize");
  return result == SUCCESS ? waits(stream) : result;
}

int cuMemAlloc_v2(uintptr_t *address, size_t bytes) {
  const int result = calledInContext("cuMemAlloc");
  std::lock_guard<std::mutex> guard(lock);
  if (result != SUCCESS) {
    return result;
  }
  if (bytes == 0) {
    return INVALID_VALUE;
  }
  if (used(current) + bytes > MEMORY) {
    return OUT_OF_MEMORY;
  }
  void *memory = aligned_alloc(256, (bytes + FENCE + 255) / 256 * 256);
  memset(memory, 0xee, bytes);
  memset((char *) memory + bytes, UNTOUCHED, FENCE);
  *address = (uintptr_t) memory;
  allocations[*address] = {bytes, current};
  return SUCCESS;
}

int cuMemFree_v2(uintptr_t address) {
  const int result = calledInContext("cuMemFree");
  std::lock_guard<std::mutex> guard(lock);
  auto found = allocations.find(address);
  if (found == allocations.end()) {
    return INVALID_VALUE;
  }
  bool whole = true;
  for (size_t i = 0; i < FENCE; ++i) {
    whole = whole && ((unsigned char *) address)[found->second.bytes + i] == UNTOUCHED;
  }
  allocations.erase(found);
  free((void *) address);
  return whole ? result : ILLEGAL_ADDRESS;
}

int cuMemGetInfo_v2(size_t *unused, size_t *all) {
  *all = MEMORY;
  *unused = MEMORY - used(current);
  return calledInContext("cuMemGetInfo");
}

int cuMemGetAddressRange_v2(uintptr_t *start, size_t *bytes, uintptr_t address) {
  auto found = allocations.upper_bound(address);
  if (found == allocations.begin()) {
    return INVALID_VALUE;
  }
  --found;
  *start = found->first;
  *bytes = found->second.bytes;
  return called("cuMemGetAddressRange");
}

int cuPointerGetAttribute(void *value, int attribute, uintptr_t address) {
  auto found = allocations.upper_bound(address);
  if (found == allocations.begin() || address >= std::prev(found)->first + std::prev(found)->second.bytes) {
    return INVALID_VALUE;
  }
  const Allocation &allocation = std::prev(found)->second;
  switch (attribute) {
    case 2: *(int *) value = 2; break;
    case 8: *(bool *) value = false; break;
    case 9: *(int *) value = allocation.device; break;
    default: return INVALID_VALUE;
  }
  return called("cuPointerGetAttribute");
}

int cuMemcpyHtoDAsync_v2(uintptr_t to, const void *from, size_t bytes, void *stream) {
  const int result = calledInContext("cuMemcpyHtoDAsync");
  if (result == SUCCESS && of(stream)->recording == nullptr) {
    memcpy((void *) to, from, bytes);
  }
  return result == SUCCESS ? waits(stream) : result;
}

int cuMemcpyDtoHAsync_v2(void *to, uintptr_t from, size_t bytes, void *stream) {
  const int result = calledInContext("cuMemcpyDtoHAsync");
  if (result == SUCCESS && of(stream)->recording == nullptr) {
    memcpy(to, (void *) from, bytes);
  }
  return result == SUCCESS ? waits(stream) : result;
}

int cuMemcpyDtoDAsync_v2(uintptr_t to, uintptr_t from, size_t bytes, void *stream) {
  memcpy((void *) to, (void *) from, bytes);
  const int result = calledInContext("cuMemcpyDtoDAsync");
  return result == SUCCESS ? waits(stream) : result;
}

int cuMemsetD8Async(uintptr_t to, unsigned char value, size_t bytes, void *) {
  memset((void *) to, value, bytes);
  return calledInContext("cuMemsetD8Async");
}

int cuModuleLoadDataEx(void **module, const void *image, unsigned int count, int *options, void **values) {
  const int result = calledInContext("cuModuleLoadDataEx");
  if (result != SUCCESS) {
    return result;
  }
  const char *bytes = (const char *) image;
  if (memcmp(bytes, "\177ELF", 4) != 0) {
    for (unsigned int i = 0; i < count; ++i) {
      if (options[i] == 5) {
        strcpy((char *) values[i], "ptxas application ptx input, line 1; fatal: this processor knows no PTX");
      }
    }
    return INVALID_PTX;
  }
  // The table of sections is the last part of a library that the linker has made.
  uint64_t table;
  uint16_t width;
  uint16_t entries;
  memcpy(&table, bytes + 40, 8);
  memcpy(&width, bytes + 58, 2);
  memcpy(&entries, bytes + 60, 2);
  char path[] = "/tmp/blrc-module-XXXXXX";
  const int file = mkstemp(path);
  const size_t size = table + (size_t) width * entries;
  const bool written = write(file, bytes, size) == (ssize_t) size;
  close(file);
  void *library = written ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : nullptr;
  unlink(path);
  if (library == nullptr || dlsym(library, "blrc_launch") == nullptr) {
    return INVALID_IMAGE;
  }
  *module = new Module{library};
  ++modules;
  return SUCCESS;
}

int cuModuleUnload(void *module) {
  dlclose(((Module *) module)->library);
  delete (Module *) module;
  --modules;
  return calledInContext("cuModuleUnload");
}

int cuModuleGetFunction(void **function, void *module, const char *name) {
  const int result = called("cuModuleGetFunction");
  const int index = ((Find) dlsym(((Module *) module)->library, "blrc_find"))(name);
  if (result != SUCCESS || index < 0) {
    return result != SUCCESS ? result : NOT_FOUND;
  }
  static std::map<std::pair<void *, int>, Function> functions;
  *function = &(functions[{module, index}] = Function{(Module *) module, index});
  return SUCCESS;
}

int cuLaunchKernel(void *function, unsigned int blocks, unsigned int, unsigned int, unsigned int threads, unsigned int,
    unsigned int, unsigned int, void *stream, void **parameters, void **) {
  const int result = calledInContext("cuLaunchKernel");
  if (result != SUCCESS) {
    return result;
  }
  if (blocks == 0 || threads != 256) {
    return INVALID_VALUE;
  }
  Node *node = new Node{(Function *) function, blocks, {}};
  take(node, parameters);
  if (of(stream)->recording != nullptr) {
    of(stream)->recording->nodes.push_back(node);
    return SUCCESS;
  }
  const int ran = run(node);
  delete node;
  return ran;
}

int cuStreamIsCapturing(void *stream, int *status) {
  *status = of(stream)->recording != nullptr;
  return called("cuStreamIsCapturing");
}

int cuEventCreate(void **event, unsigned int) {
  *event = new std::chrono::steady_clock::time_point();
  return called("cuEventCreate");
}

int cuEventRecord(void *event, void *) {
  *(std::chrono::steady_clock::time_point *) event = std::chrono::steady_clock::now();
  return called("cuEventRecord");
}

int cuEventSynchronize(void *) { return called("cuEventSynchronize"); }

int cuEventElapsedTime(float *milliseconds, void *start, void *end) {
  typedef std::chrono::steady_clock::time_point Time;
  *milliseconds = std::chrono::duration<float, std::milli>(*(Time *) end - *(Time *) start).count();
  return called("cuEventElapsedTime");
}

int cuEventDestroy_v2(void *event) {
  delete (std::chrono::steady_clock::time_point *) event;
  return called("cuEventDestroy");
}

int cuStreamBeginCapture_v2(void *stream, int) {
  static uint64_t captures = 0;
  of(stream)->recording = new Graph{{}, ++captures};
  return SUCCESS;
}

int cuStreamGetCaptureInfo_v2(
    void *stream, int *status, uint64_t *capture, void **graph, void *const **dependencies, size_t *count) {
  Graph *recording = of(stream)->recording;
  *status = recording != nullptr;
  *graph = recording;
  *capture = recording->capture;
  *dependencies = (void *const *) &recording->nodes.back();
  *count = 1;
  return called("cuStreamGetCaptureInfo");
}

int cuStreamEndCapture(void *stream, void **graph) {
  *graph = of(stream)->recording;
  of(stream)->recording = nullptr;
  return SUCCESS;
}

int cuGraphInstantiateWithFlags(void **executable, void *graph, unsigned long long) {
  *executable = graph;
  return SUCCESS;
}

int cuGraphExecKernelNodeSetParams_v2(void *executable, void *node, const void *parameters) {
  const int result = called("cuGraphExecKernelNodeSetParams");
  if (result != SUCCESS) {
    return result;
  }
  struct Parameters {
    void *function;
    unsigned int grid[3];
    unsigned int block[3];
    unsigned int shared;
    void **values;
  };
  const Parameters *given = (const Parameters *) parameters;
  for (Node *each : ((Graph *) executable)->nodes) {
    if (each == node && each->function == given->function) {
      each->blocks = given->grid[0];
      take(each, given->values);
      return SUCCESS;
    }
  }
  return INVALID_VALUE;
}

int cuGraphLaunch(void *executable, void *) {
  for (const Node *node : ((Graph *) executable)->nodes) {
    run(node);
  }
  return called("cuGraphLaunch");
}

}  // extern "C"
