import Artifact
import Geolocation
import Records

/// What a GeoIP database knows, by the reader that `normalize` has for it.
public enum DatabaseCheck {
  /// Looks up the addresses on standard input, one a line.
  ///
  /// - Returns: one line of JSON: `asked`, `known`, `fields`, `unread`.
  /// - Throws: where the database cannot be read, with the reason.
  public static func run(_ path: String) throws -> String {
    let text = String(decoding: try FileBytes.read("-"), as: UTF8.self)
    var places = PlaceFinder(try Geolocator(paths: [path]))
    for line in text.split(whereSeparator: \.isWhitespace) {
      _ = try places.place(of: String(line))
    }
    let use = places.takeUse().first ?? DatabaseUse()
    return JSONValue.object([
      ("asked", .integer(use.asked)), ("fields", .array(use.fields.map { .string($0) })),
      ("known", .integer(use.known)), ("unread", .array(use.unread.map { .string($0) })),
    ]).canonicalText
  }
}
