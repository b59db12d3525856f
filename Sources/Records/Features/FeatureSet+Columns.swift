public import Artifact

/// The columns of all features, then which of them are absent and which unknown.
extension FeatureSet: DerivedColumns {
  public static let columns: [Column] =
    Feature.allCases.map(\.definition.artifactColumn) + [
      Column("absent", .texts, "Features that the server does not have, by their columns."),
      Column(
        "unknown", .texts,
        "Features that were not learned, as `column=reason`: an outcome code, or one of the reasons of the data dictionary."
      ),
    ]

  public func encode(to encoder: inout RowEncoder) {
    var absent: [String] = []
    var unknown: [String] = []
    for feature in Feature.allCases {
      let definition = feature.definition
      let value = self[feature]
      switch value {
      case .absent: absent.append(definition.name)
      case .unknown(let reason): unknown.append("\(definition.name)=\(reason.id)")
      default: break
      }
      switch definition.kind {
      case .texts: encoder.texts(definition.column, texts(feature))
      case .integer: encoder.integer(definition.column, integer(feature))
      case .boolean: encoder.boolean(definition.column, boolean(feature))
      case .number(let digits):
        let number: Double? = if case .number(let value) = value { value } else { nil }
        encoder.number(definition.column, number, significantDigits: digits)
      default: encoder.text(definition.column, text(feature))
      }
    }
    encoder.texts("absent", absent)
    encoder.texts("unknown", unknown)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    self.init(unknown: .notAsked)
    var empty: Set<Feature> = []
    for feature in Feature.allCases {
      guard let value = try Self.value(of: feature, &decoder) else {
        empty.insert(feature)
        continue
      }
      self[feature] = value
    }
    for name in try decoder.texts("absent") {
      let feature = try Self.feature(name, "absent", &empty)
      self[feature] = .absent
    }
    for entry in try decoder.texts("unknown") {
      let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
      let feature = try Self.feature(parts.first ?? "", "unknown", &empty)
      guard let reason = parts.dropFirst().first.flatMap({ UnknownReason(id: $0) }) else {
        throw ArtifactError(
          .malformedRow, column: "unknown",
          expected: "a feature, `=`, and an outcome code or a reason of the data dictionary",
          found: EscapedText.escape(entry))
      }
      self[feature] = .unknown(reason)
    }
    if let feature = empty.min(by: { $0.rawValue < $1.rawValue }) {
      throw ArtifactError(
        .malformedRow, column: feature.definition.name,
        expected: "a value, or its name in `absent` or `unknown`", found: "none of these")
    }
  }

  private static func value(
    of feature: Feature, _ decoder: inout RowDecoder
  ) throws(ArtifactError) -> FeatureValue? {
    let column = feature.definition.column
    switch feature.definition.kind {
    case .texts:
      let texts = try decoder.texts(column)
      return texts.isEmpty ? nil : .texts(texts)
    case .integer: return try decoder.optionalInteger(column).map { .integer($0) }
    case .boolean: return try decoder.optionalBoolean(column).map { .boolean($0) }
    case .number: return try decoder.optionalNumber(column).map { .number($0) }
    default: return try decoder.optionalText(column).map { .text($0) }
    }
  }

  /// The feature of a column that is empty, once.
  private static func feature(
    _ name: String, _ list: String, _ empty: inout Set<Feature>
  ) throws(ArtifactError) -> Feature {
    guard let feature = Feature(column: name), empty.remove(feature) != nil else {
      throw ArtifactError(
        .malformedRow, column: list, expected: "the name of a feature whose cell is empty",
        found: EscapedText.escape(name))
    }
    return feature
  }
}
