// Distances between points in double precision, many pairs at a time.
//
// A lane is a point: the sum over the coordinates runs in their order, one addition after the
// other, and is never contracted. A distance is therefore the same bits for any width of vectors,
// and the widest that the processor has may be used.
#ifndef CDISTANCEKERNELS_H
#define CDISTANCEKERNELS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint32_t query;
  uint32_t lane;
  double key;
} distance_hit;

enum { distance_lanes = 8 };

// Pairs of `queries` (row by row) and the points of `groups` (each `dimensions` times
// eight, coordinate by coordinate; an unused lane holds NaN) whose key is below the limit of the
// query, or below that of the lane where `lane_limits` is given. The key is the squared Euclidean
// distance, or with `manhattan` the sum of absolute differences.
//
// `hits` has room for every pair. `least` gets each query's smallest key, unless it is null.
// Returns the number of hits.
size_t distance_scan(
  const double *queries, size_t query_count, size_t dimensions, const double *groups,
  size_t group_count, const double *query_limits, const double *lane_limits, int manhattan,
  distance_hit *hits, double *least);

typedef struct {
  uint32_t joint;
  uint32_t different;
} distance_counts;

// Of `count` pairs of codes, those without a 0, and those of them that differ.
distance_counts distance_mismatches(const uint16_t *a, const uint16_t *b, size_t count);

// `base` to the power of `exponent`.
double distance_power(double base, double exponent);

// Uses vectors of at most so many bits (128 or 256), for tests that results are the same.
void distance_limit_width(int bits);

// Name of the vector width in use, for the reader of a benchmark.
const char *distance_width(void);

#endif
