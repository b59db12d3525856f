#include "CDistanceKernels.h"

#include <math.h>

// A fused product is as good as a rounded one: the margin covers both.
#pragma STDC FP_CONTRACT ON

typedef float lanes __attribute__((vector_size(32), aligned(4)));
typedef int32_t lane_masks __attribute__((vector_size(32), aligned(4)));

#define INLINE static inline __attribute__((always_inline))

// `count` queries against two groups at a time, so that the sums keep the multipliers busy.
INLINE size_t sieve_tile(
  const sieve_side *query, size_t first, size_t count, const sieve_side *other, size_t group_count,
  size_t dimensions, distance_hit *hits, size_t found, float *nearest) {
  const float *queries = query->rows + first * dimensions;
  lanes best[4];
  for (size_t q = 0; q < count; q++) best[q] = (lanes){} - INFINITY;
  for (size_t g = 0; g < group_count; g += 2) {
    size_t width = group_count - g >= 2 ? 2 : 1;
    const float *group = other->groups + g * dimensions * distance_lanes;
    // An odd last group is read twice, and counted once.
    const float *second = width == 2 ? group + dimensions * distance_lanes : group;
    lanes products[4][2];
    for (size_t q = 0; q < count; q++) products[q][0] = products[q][1] = (lanes){};
    for (size_t k = 0; k < dimensions; k++) {
      lanes a = *(const lanes *)(group + k * distance_lanes);
      lanes b = *(const lanes *)(second + k * distance_lanes);
      for (size_t q = 0; q < count; q++) {
        float x = queries[q * dimensions + k];
        products[q][0] = products[q][0] + x * a;
        products[q][1] = products[q][1] + x * b;
      }
    }
    for (size_t w = 0; w < width; w++) {
      lanes halves = *(const lanes *)(other->halves + (g + w) * distance_lanes);
      lanes terms = {};
      if (other->terms) terms = *(const lanes *)(other->terms + (g + w) * distance_lanes);
      lane_masks kept[4], any = {};
      for (size_t q = 0; q < count; q++) {
        kept[q] = products[q][w] >= query->terms[first + q] + halves;
        if (other->terms) kept[q] |= products[q][w] >= query->halves[first + q] + terms;
        any |= kept[q];
        if (nearest) {
          lanes value = products[q][w] - halves;
          lane_masks more = value > best[q];
          best[q] = (lanes)(((lane_masks)value & more) | ((lane_masks)best[q] & ~more));
        }
      }
      if (!__builtin_reduce_or(any)) continue;
      for (size_t q = 0; q < count; q++) {
        if (!__builtin_reduce_or(kept[q])) continue;
        for (uint32_t lane = 0; lane < distance_lanes; lane++) {
          if (!kept[q][lane]) continue;
          hits[found].query = (uint32_t)(first + q);
          hits[found].lane = (uint32_t)((g + w) * distance_lanes) + lane;
          found++;
        }
      }
    }
  }
  if (nearest) {
    for (size_t q = 0; q < count; q++) {
      float value = -INFINITY;
      for (size_t lane = 0; lane < distance_lanes; lane++) {
        if (best[q][lane] > value) value = best[q][lane];
      }
      nearest[first + q] = value - query->halves[first + q];
    }
  }
  return found;
}

#define SIEVE(width)                                                                              \
  size_t found = 0, q = 0;                                                                        \
  for (; q + width <= query_count; q += width)                                                    \
    found = sieve_tile(query, q, width, other, group_count, dimensions, hits, found, nearest);    \
  for (; q < query_count; q++)                                                                    \
    found = sieve_tile(query, q, 1, other, group_count, dimensions, hits, found, nearest);        \
  return found;

#define PARAMETERS                                                                                \
  const sieve_side *query, size_t query_count, const sieve_side *other, size_t group_count,       \
    size_t dimensions, distance_hit *hits, float *nearest

static size_t sieve_baseline(PARAMETERS) { SIEVE(2) }

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) static size_t sieve_avx2(PARAMETERS) { SIEVE(4) }
#endif

size_t distance_sieve(PARAMETERS) {
#if defined(__x86_64__)
  if (distance_fuses())
    return sieve_avx2(query, query_count, other, group_count, dimensions, hits, nearest);
#endif
  return sieve_baseline(query, query_count, other, group_count, dimensions, hits, nearest);
}

// The nearest of the other side to one query, or one about as near.
INLINE uint32_t nearest_lane(
  const float *query, const sieve_side *other, size_t group_count, size_t dimensions) {
  lanes best = (lanes){} - INFINITY;
  lane_masks place = {};
  for (size_t g = 0; g < group_count; g++) {
    const float *group = other->groups + g * dimensions * distance_lanes;
    // Two sums, so that neither waits for itself.
    lanes even = {}, odd = {};
    size_t k = 0;
    for (; k + 2 <= dimensions; k += 2) {
      even = even + query[k] * *(const lanes *)(group + k * distance_lanes);
      odd = odd + query[k + 1] * *(const lanes *)(group + (k + 1) * distance_lanes);
    }
    if (k < dimensions) even = even + query[k] * *(const lanes *)(group + k * distance_lanes);
    lanes value = even + odd - *(const lanes *)(other->halves + g * distance_lanes);
    lane_masks more = value > best;
    best = (lanes)(((lane_masks)value & more) | ((lane_masks)best & ~more));
    place = (((lane_masks){} + (int32_t)g) & more) | (place & ~more);
  }
  uint32_t lane = 0;
  for (uint32_t other_lane = 1; other_lane < distance_lanes; other_lane++) {
    if (best[other_lane] > best[lane]) lane = other_lane;
  }
  return (uint32_t)place[lane] * distance_lanes + lane;
}

#define NEAREST_PARAMETERS                                                                        \
  const float *query, const sieve_side *other, size_t group_count, size_t dimensions

static uint32_t nearest_baseline(NEAREST_PARAMETERS) {
  return nearest_lane(query, other, group_count, dimensions);
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) static uint32_t nearest_avx2(NEAREST_PARAMETERS) {
  return nearest_lane(query, other, group_count, dimensions);
}
#endif

uint32_t distance_sieve_nearest(NEAREST_PARAMETERS) {
#if defined(__x86_64__)
  if (distance_fuses()) return nearest_avx2(query, other, group_count, dimensions);
#endif
  return nearest_baseline(query, other, group_count, dimensions);
}

void distance_sieve_terms(
  const float *halves, const double *limits, size_t count, double scale, float *terms) {
  for (size_t i = 0; i < count; i++) {
    double term = (double)halves[i] - limits[i] * (scale / 2);
    // Rounded down, and by more than a unit.
    terms[i] = (float)(term - fabs(term) * 0x1p-22);
  }
}
