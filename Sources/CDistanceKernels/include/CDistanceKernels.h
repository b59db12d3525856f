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

// One of the two sides that a sieve compares: points in single precision around a common centre and
// scaled, so that their squared distance is twice (half a + half b - the product of a and b).
typedef struct {
  // Row by row; of the queries.
  const float *rows;
  // Eight points at a time, coordinate by coordinate; of the others.
  const float *groups;
  // Half the squared length, less the margin for all rounding; infinite of an unused lane.
  const float *halves;
  // `distance_sieve_terms` of the limits; null: these points have none.
  const float *terms;
} sieve_side;

// The pairs whose Euclidean key can be below the limit of either: every one that is, and few that
// are not. Their keys are left to `distance_keys`, so that what follows does not depend on how this
// function rounds. `nearest` gets of each query the negative of half a key that none of its pairs
// falls below, unless it is null. Returns the number of hits.
size_t distance_sieve(
  const sieve_side *query, size_t query_count, const sieve_side *other, size_t group_count,
  size_t dimensions, distance_hit *hits, float *nearest);

// Of `groups`, the lane that is nearest to one query, or about as near.
uint32_t distance_sieve_nearest(
  const float *query, const sieve_side *other, size_t group_count, size_t dimensions);

// `halves` less half the limits times `scale`, rounded down.
void distance_sieve_terms(
  const float *halves, const double *limits, size_t count, double scale, float *terms);

// The squared distances of hits, as `distance_scan` sums them; rows of both sides.
void distance_keys(
  const double *queries, const double *others, size_t dimensions, distance_hit *hits, size_t count);

// The squared distance of two points but for its last digits: for bounds with a margin, no result.
double distance_about(const double *a, const double *b, size_t dimensions);

// Whether a sieve multiplies and adds at once.
int distance_fuses(void);

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
