/// A feature of a server: a value, absent, or unknown for a reason (<doc:Ontology>).
public enum FeatureValue: Sendable, Equatable {
  case text(String)
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  case texts([String])
  /// The server was asked and has none.
  case absent
  /// We did not learn it.
  case unknown(UnknownReason)

  public var isKnown: Bool {
    if case .unknown = self { false } else { true }
  }

  /// A set; an empty one is absent.
  public static func set(_ values: some Sequence<String>) -> FeatureValue {
    let sorted = Set(values).sorted()
    return sorted.isEmpty ? .absent : .texts(sorted)
  }
}

/// All features of one server: each a value, absent or unknown.
public struct FeatureSet: Sendable, Equatable {
  private var values: [FeatureValue]

  /// Everything unknown, for `reason`.
  public init(unknown reason: UnknownReason) {
    values = Feature.allCases.map { _ in .unknown(reason) }
  }

  public subscript(feature: Feature) -> FeatureValue {
    get { values[feature.rawValue] }
    set { values[feature.rawValue] = newValue }
  }

  public func text(_ feature: Feature) -> String? {
    if case .text(let value) = self[feature] { value } else { nil }
  }

  /// The set; empty where it is absent or unknown.
  /// The parts of a text that holds several, divided by spaces.
  public func words(_ feature: Feature) -> [String] {
    text(feature)?.split(separator: " ").map(String.init) ?? []
  }

  public func texts(_ feature: Feature) -> [String] {
    if case .texts(let value) = self[feature] { value } else { [] }
  }

  public func boolean(_ feature: Feature) -> Bool? {
    if case .boolean(let value) = self[feature] { value } else { nil }
  }

  public func integer(_ feature: Feature) -> Int? {
    if case .integer(let value) = self[feature] { value } else { nil }
  }

  /// Takes in a later epoch of the same server; what it does not know changes nothing.
  public mutating func fold(_ later: FeatureSet) {
    for feature in Feature.allCases where later[feature].isKnown {
      self[feature] = Self.fold(self[feature], later[feature], feature.definition.fold)
    }
  }

  private static func fold(
    _ earlier: FeatureValue, _ later: FeatureValue, _ rule: FeatureFold
  ) -> FeatureValue {
    switch (rule, earlier, later) {
    case (.union, .texts(let a), .texts(let b)): a == b ? later : .set(a + b)
    // What a set once held stays in it.
    case (.union, .texts, .absent): earlier
    case (.least, .integer(let a), .integer(let b)): .integer(min(a, b))
    case (.least, .number(let a), .number(let b)): .number(min(a, b))
    case (.least, .integer, .absent), (.least, .number, .absent): earlier
    default: later
    }
  }
}
