/// Which indicators the deviations of a server ought to make fire.
enum ExpectedIndicators {
  /// By the deviation's permanent word.
  private static let byDeviation: [String: Set<String>] = {
    var result: [String: Set<String>] = [:]
    for type in PlantedDeviations.all { result[type.word] = Set(type.indicators) }
    // A claim is a setting of the server, and a deviation in its truth.
    result[PlantedSpans.claimWord] = ["I19.shape-contradicts-claim"]
    return result
  }()

  static func expected(of deviations: [String]) -> Set<String> {
    deviations.reduce(into: []) { $0.formUnion(byDeviation[$1] ?? []) }
  }
}
