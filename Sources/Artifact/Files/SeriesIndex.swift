/// The scans of a dataset, in the order of their names: `raw/series.json`.
///
/// `collect` writes it last; to Make it stands for the raw evidence as a whole.
public struct SeriesIndex: Sendable, Equatable {
  public static let fileName = "series.json"
  private static let version = "series.v1"

  public private(set) var scans: [String]

  public init(scans: [String] = []) { self.scans = Array(Set(scans)).sorted() }

  public mutating func insert(_ scan: String) { self = SeriesIndex(scans: scans + [scan]) }

  public func write(folder: String) throws(ArtifactError) {
    let json = JSONValue.object([
      ("scans", .array(scans.map { .string($0) })), ("schema", .string(Self.version)),
    ])
    try FileBytes.write(Array(json.prettyText.utf8), to: folder + "/" + Self.fileName)
  }

  /// Reads `folder/series.json`; scan names are checked, since they become paths.
  public init(folder: String) throws(ArtifactError) {
    let path = folder + "/" + Self.fileName
    let bytes = try FileBytes.read(path, expected: "the index of a dataset's scans")
    let reader = try ManifestReader(bytes: bytes, path: path)
    guard try reader.text("schema") == Self.version else {
      throw reader.malformed("schema", Self.version, "another version")
    }
    guard case .array(let items)? = reader.root["scans"] else {
      throw reader.malformed("scans", "a list of names", reader.root["scans"]?.kind ?? "nothing")
    }
    var scans: [String] = []
    for item in items {
      guard case .string(let name) = item, Self.isScanName(name) else {
        throw reader.malformed("scans", "a scan's name", item.kind)
      }
      scans.append(name)
    }
    self.init(scans: scans)
  }

  /// Letters, digits, `-`, `_` and `.`, not beginning with a dot.
  public static func isScanName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
