import Ordering
import RealModule
import Records
import WalletExposure

/// How far servers are from wallets: by coordinates where most servers have them, else as the scan's
/// vantage point measured it.
struct RoundTripModel {
  /// A place of many wallets; all count alike, because nobody knows where wallets are.
  private struct Place {
    let latitude: Double
    let longitude: Double
  }

  /// New York, San Francisco, Frankfurt, São Paulo, Singapore, Sydney.
  private static let places = [
    Place(latitude: 40.7, longitude: -74), Place(latitude: 37.8, longitude: -122.4),
    Place(latitude: 50.1, longitude: 8.7), Place(latitude: -23.6, longitude: -46.6),
    Place(latitude: 1.3, longitude: 103.8), Place(latitude: -33.9, longitude: 151.2),
  ]
  /// Mean radius of the Earth (IUGG).
  private static let kilometresOfRadius = 6_371.0
  /// There and back at two thirds of the speed of light, on ways half as long again as the great circle.
  private static let secondsPerKilometre = 1.5e-5
  /// The last mile, both ends.
  private static let accessSeconds = 0.010
  /// A round trip where nothing is known of any server.
  private static let unknownSeconds = 0.120

  static func regions(_ candidates: [ScanListing.Candidate]) -> [WalletNetwork.Region] {
    let located = candidates.filter { $0.server.geography.latitude != nil }
    guard 2 * located.count >= candidates.count, !located.isEmpty else {
      return [WalletNetwork.Region(roundTrips: filled(candidates.map(\.measuredSeconds)))]
    }
    return places.map { place in
      WalletNetwork.Region(roundTrips: filled(candidates.map { seconds(from: place, to: $0) }))
    }
  }

  /// Who is nowhere is as far as the median of the others.
  private static func filled(_ seconds: [Double?]) -> [Double] {
    let known = seconds.compactMap(\.self).sorted()
    let median = known.isEmpty ? unknownSeconds : known[known.count / 2]
    return seconds.map { $0 ?? median }
  }

  private static func seconds(from place: Place, to candidate: ScanListing.Candidate) -> Double? {
    guard let latitude = candidate.server.geography.latitude,
      let longitude = candidate.server.geography.longitude
    else { return nil }
    let radians = Double.pi / 180
    let (a, b) = (place.latitude * radians, latitude * radians)
    let across = (longitude - place.longitude) * radians
    let half = Double.sin((b - a) / 2)
    let side = Double.sin(across / 2)
    // The haversine formula.
    let chord = half * half + Double.cos(a) * Double.cos(b) * side * side
    let angle = 2 * Double.asin(min(1, chord.squareRoot()))
    return accessSeconds + angle * kilometresOfRadius * secondsPerKilometre
  }
}

extension ScanListing.Candidate {
  fileprivate var measuredSeconds: Double? { connectMilliseconds.map { $0 / 1_000 } }
}
