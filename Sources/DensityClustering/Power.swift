internal import CDistanceKernels

/// Powers by the C library.
enum Power {
  static func raise(_ base: Double, _ exponent: Double) -> Double {
    distance_power(base, exponent)
  }
}
