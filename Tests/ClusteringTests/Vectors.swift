import Records

extension FeatureProfile {
  /// A reached server with nothing in common with any other.
  static func server(_ id: String, _ change: (inout FeatureSet) -> Void = { _ in }) -> Self {
    var features = FeatureSet(unknown: .outcome(.untestedSkipped))
    change(&features)
    return FeatureProfile(
      serverID: id, scans: 1, scansAnswered: 1, firstScan: "a", lastScan: "a", reached: true,
      coverage: 1, features: features)
  }
}
