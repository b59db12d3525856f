package import Statistics

/// How long Fulcrum's thread pool takes over one request that needs the database. Unit: seconds.
package enum FulcrumServiceTime {
  /// One draw a request, in the order of the requests.
  package static func draw(_ random: inout Xoshiro256StarStar) -> Double {
    (0.2 + 1.3 * random.nextUnit()) / 1_000
  }
}
