import Records

extension FeatureVector {
  /// A reached server with nothing in common with any other.
  static func server(_ id: String, _ change: (inout FeatureVector) -> Void = { _ in }) -> Self {
    var vector = FeatureVector(
      serverID: id, scans: 1, scansAnswered: 1, firstScan: "a", lastScan: "a", reached: true,
      bannerStatus: .unknown, donationStatus: .unknown, coverage: 1)
    change(&vector)
    return vector
  }
}
