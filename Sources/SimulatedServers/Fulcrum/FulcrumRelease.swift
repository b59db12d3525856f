internal import ElectrumProtocol

/// What differs between releases of Fulcrum on the wire.
struct FulcrumRelease: Sendable, Equatable {
  /// Without a third component where that is zero.
  let protocolMax: String
  /// 2.0 and later state whether the node takes packages.
  let statesPackages: Bool
  /// Those since May 2022 know of Bitcoin Cash's address methods only to refuse them by name.
  let namesAddressMethods: Bool
  private let number: [Int]

  static let protocolMin = "1.4"

  init(version: String) {
    let number = ProtocolVersion(version)?.parts ?? [2]
    func atLeast(_ bound: Int...) -> Bool { !number.lexicographicallyPrecedes(bound) }
    protocolMax =
      if atLeast(2) { "1.6" } else if atLeast(1, 10) { "1.5.3" } else if atLeast(1, 9, 5) {
        "1.5.2"
      } else if atLeast(1, 9, 1) { "1.5.1" } else if atLeast(1, 9) { "1.5" } else if atLeast(1, 5) {
        "1.4.5"
      } else if atLeast(1, 1, 1) { "1.4.4" } else { "1.4.2" }
    statesPackages = atLeast(2)
    namesAddressMethods = atLeast(1, 7)
    self.number = number
  }

  /// Whether a method that came with a release is in this one.
  func has(_ method: FulcrumMethod) -> Bool {
    !number.lexicographicallyPrecedes(method.since)
  }
}
