import Records

extension FeatureProfile {
  /// A reached server with nothing in common with any other.
  static func server(_ id: String, _ change: (inout FeatureSet) -> Void = { _ in }) -> Self {
    var features = FeatureSet(unknown: .outcome(.untestedSkipped))
    change(&features)
    return FeatureProfile(serverID: id, firstScan: "a", lastScan: "a").with {
      $0.scans = 1
      $0.scansAnswered = 1
      $0.reached = true
      $0.coverage = 1
      $0.features = features
    }
  }
}
