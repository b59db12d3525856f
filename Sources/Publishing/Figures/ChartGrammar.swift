internal import Artifact

/// Marks and encodings of a chart in the words of Vega-Lite (Satyanarayan et al. 2017, version 5).
struct ChartGrammar {
  /// One kind of mark: its definition and its channels.
  struct Layer {
    let mark: JSONValue
    let channels: [(String, JSONValue)]

    init(_ mark: JSONValue, _ channels: [(String, JSONValue)]) {
      self.mark = mark
      self.channels = channels
    }

    init(_ mark: String, _ channels: [(String, JSONValue)]) {
      self.init(.string(mark), channels)
    }
  }

  let layers: [Layer]
  /// Name of a map projection; nil: no map.
  var projection: String?

  /// A column of numbers; `title` names the axis.
  static func quantity(
    _ field: String, title: String? = nil, _ more: [(String, JSONValue)] = []
  ) -> JSONValue {
    column(field, "quantitative", title, more)
  }

  /// A column of words, in the order of the rows.
  static func words(
    _ field: String, title: String? = nil, _ more: [(String, JSONValue)] = []
  ) -> JSONValue {
    column(field, "nominal", title, [("sort", .null)] + more)
  }

  static func column(
    _ field: String, _ type: String, _ title: String?, _ more: [(String, JSONValue)]
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [("field", .string(field)), ("type", .string(type))]
    if let title { members.append(("title", .string(title))) }
    return .object(members + more)
  }

  /// The second end of a bar or line.
  static func end(_ field: String) -> JSONValue { .object([("field", .string(field))]) }

  /// No stacking.
  static let unstacked: [(String, JSONValue)] = [("stack", .null)]

  /// The whole specification.
  /// - Parameter file: name of the CSV file beside the specification.
  func specification(title: String, description: String, file: String) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("$schema", .string("https://vega.github.io/schema/vega-lite/v5.json")),
      ("title", .string(title)), ("description", .string(description)),
      (
        "data",
        .object([
          ("url", .string(file)), ("format", .object([("type", .string("csv"))])),
        ])
      ), ("width", .integer(560)),
    ]
    if let projection {
      members.append(("projection", .object([("type", .string(projection))])))
    }
    if layers.count == 1 {
      members.append(("mark", layers[0].mark))
      members.append(("encoding", .object(layers[0].channels)))
    } else {
      members.append(
        (
          "layer",
          .array(
            layers.map { .object([("mark", $0.mark), ("encoding", .object($0.channels))]) })
        ))
    }
    return .object(members)
  }
}
