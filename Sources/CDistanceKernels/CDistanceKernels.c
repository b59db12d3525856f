#include "CDistanceKernels.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

typedef double lanes __attribute__((vector_size(64), aligned(8)));
typedef int64_t lane_masks __attribute__((vector_size(64), aligned(8)));

#define INLINE static inline __attribute__((always_inline))

// `count` queries against one group; the constant lets the compiler keep the sums in registers.
INLINE size_t scan_tile(
  const double *queries, size_t count, size_t dimensions, const double *groups,
  size_t group_count, const double *query_limits, const double *lane_limits, int manhattan,
  distance_hit *hits, size_t found, uint32_t first, double *least) {
  lanes smallest[4];
  for (size_t q = 0; q < count; q++) smallest[q] = (lanes){} + INFINITY;
  for (size_t g = 0; g < group_count; g++) {
    const double *group = groups + g * dimensions * distance_lanes;
    lanes sums[4];
    for (size_t q = 0; q < count; q++) sums[q] = (lanes){};
    for (size_t k = 0; k < dimensions; k++) {
      lanes other = *(const lanes *)(group + k * distance_lanes);
      for (size_t q = 0; q < count; q++) {
        lanes difference = queries[q * dimensions + k] - other;
        if (manhattan) {
          lane_masks bits = (lane_masks)difference & INT64_MAX;
          sums[q] = sums[q] + (lanes)bits;
        } else {
          lanes square = difference * difference;
          sums[q] = sums[q] + square;
        }
      }
    }
    // One question for all queries: nearly always none has a hit.
    lane_masks below[4], any = {};
    for (size_t q = 0; q < count; q++) {
      below[q] = sums[q] < query_limits[q];
      if (lane_limits) below[q] |= sums[q] < *(const lanes *)(lane_limits + g * distance_lanes);
      any |= below[q];
      if (least) {
        lane_masks less = sums[q] < smallest[q];
        smallest[q] = (lanes)(((lane_masks)sums[q] & less) | ((lane_masks)smallest[q] & ~less));
      }
    }
    if (!__builtin_reduce_or(any)) continue;
    for (size_t q = 0; q < count; q++) {
      if (!__builtin_reduce_or(below[q])) continue;
      for (uint32_t lane = 0; lane < distance_lanes; lane++) {
        if (!below[q][lane]) continue;
        hits[found].query = first + (uint32_t)q;
        hits[found].lane = (uint32_t)(g * distance_lanes) + lane;
        hits[found].key = sums[q][lane];
        found++;
      }
    }
  }
  if (least) {
    for (size_t q = 0; q < count; q++) {
      double value = INFINITY;
      for (size_t lane = 0; lane < distance_lanes; lane++) {
        if (smallest[q][lane] < value) value = smallest[q][lane];
      }
      least[q] = value;
    }
  }
  return found;
}

#define SCAN(width)                                                                               \
  size_t found = 0, q = 0;                                                                        \
  while (q < query_count) {                                                                       \
    size_t step = query_count - q >= width ? width : 1;                                           \
    const double *from = queries + q * dimensions;                                                \
    double *smallest = least ? least + q : NULL;                                                  \
    if (step == width) {                                                                          \
      found = manhattan                                                                           \
        ? scan_tile(from, width, dimensions, groups, group_count, query_limits + q, lane_limits,  \
                    1, hits, found, (uint32_t)q, smallest)                                        \
        : scan_tile(from, width, dimensions, groups, group_count, query_limits + q, lane_limits,  \
                    0, hits, found, (uint32_t)q, smallest);                                       \
    } else {                                                                                      \
      found = manhattan                                                                           \
        ? scan_tile(from, 1, dimensions, groups, group_count, query_limits + q, lane_limits, 1,   \
                    hits, found, (uint32_t)q, smallest)                                           \
        : scan_tile(from, 1, dimensions, groups, group_count, query_limits + q, lane_limits, 0,   \
                    hits, found, (uint32_t)q, smallest);                                          \
    }                                                                                             \
    q += step;                                                                                    \
  }                                                                                               \
  return found;

#define PARAMETERS                                                                                \
  const double *queries, size_t query_count, size_t dimensions, const double *groups,             \
    size_t group_count, const double *query_limits, const double *lane_limits, int manhattan,     \
    distance_hit *hits, double *least

static size_t scan_baseline(PARAMETERS) { SCAN(2) }

#if defined(__x86_64__)
__attribute__((target("avx2"))) static size_t scan_avx2(PARAMETERS) { SCAN(4) }
static int width(void) {
  static int known = -1;
  int value = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (value < 0) {
    __builtin_cpu_init();
    // Wider vectors than these were slower here, as the adders are what is short.
    value = __builtin_cpu_supports("avx2") ? 256 : 128;
    __atomic_store_n(&known, value, __ATOMIC_RELAXED);
  }
  return value;
}

static int used_width(void);

int distance_fuses(void) {
  __builtin_cpu_init();
  return used_width() == 256 && __builtin_cpu_supports("fma");
}
#endif

static int greatest_width = 256;

void distance_limit_width(int bits) { __atomic_store_n(&greatest_width, bits, __ATOMIC_RELAXED); }

static int used_width(void) {
#if defined(__x86_64__)
  int greatest = __atomic_load_n(&greatest_width, __ATOMIC_RELAXED);
  return width() < greatest ? width() : greatest;
#else
  return 128;
#endif
}

// Sums of several pairs run beside each other: each alone would wait for its own additions.
INLINE void keys_of(
  const double *queries, const double *others, size_t dimensions, distance_hit *hits, size_t count) {
  const double *a[4], *b[4];
  double sums[4];
  for (size_t i = 0; i < count; i++) {
    a[i] = queries + hits[i].query * dimensions;
    b[i] = others + hits[i].lane * dimensions;
    sums[i] = 0;
  }
  for (size_t k = 0; k < dimensions; k++) {
    for (size_t i = 0; i < count; i++) {
      double difference = a[i][k] - b[i][k];
      double square = difference * difference;
      sums[i] = sums[i] + square;
    }
  }
  for (size_t i = 0; i < count; i++) hits[i].key = sums[i];
}

void distance_keys(
  const double *queries, const double *others, size_t dimensions, distance_hit *hits, size_t count) {
  size_t i = 0;
  for (; i + 4 <= count; i += 4) keys_of(queries, others, dimensions, hits + i, 4);
  for (; i < count; i++) keys_of(queries, others, dimensions, hits + i, 1);
}

double distance_about(const double *a, const double *b, size_t dimensions) {
  lanes sums = {};
  size_t k = 0;
  for (; k + distance_lanes <= dimensions; k += distance_lanes) {
    lanes difference = *(const lanes *)(a + k) - *(const lanes *)(b + k);
    sums = sums + difference * difference;
  }
  double sum = 0;
  for (; k < dimensions; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
  for (size_t lane = 0; lane < distance_lanes; lane++) sum += sums[lane];
  return sum;
}

size_t distance_scan(PARAMETERS) {
#if defined(__x86_64__)
  if (used_width() == 256) {
    return scan_avx2(queries, query_count, dimensions, groups, group_count, query_limits,
                     lane_limits, manhattan, hits, least);
  }
#endif
  return scan_baseline(queries, query_count, dimensions, groups, group_count, query_limits,
                       lane_limits, manhattan, hits, least);
}

const char *distance_width(void) {
  return used_width() == 256 ? "256-bit vectors" : "128-bit vectors";
}

distance_counts distance_mismatches(const uint16_t *a, const uint16_t *b, size_t count) {
  // Sixteen-bit sums keep the loop in vectors; a part is too short for them to overflow.
  distance_counts total = {0, 0};
  for (size_t start = 0; start < count; start += 32768) {
    size_t end = count - start < 32768 ? count : start + 32768;
    uint16_t joint = 0, different = 0;
    for (size_t k = start; k < end; k++) {
      uint16_t both = (uint16_t)((a[k] != 0) & (b[k] != 0));
      joint = (uint16_t)(joint + both);
      different = (uint16_t)(different + (both & (a[k] != b[k])));
    }
    total.joint += joint;
    total.different += different;
  }
  return total;
}

double distance_power(double base, double exponent) { return pow(base, exponent); }
