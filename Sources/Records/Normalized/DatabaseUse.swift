public import Artifact

/// What one GeoIP database knew of the addresses of a scan.
public struct DatabaseUse: ListedRow, Equatable {
  public static let schema = table(
    "normalized.databases", version: 1, .csv, key: ["position"],
    "The GeoIP databases that were asked for the addresses of the scan, in order of trust, and what they knew."
  )

  public var position = 0
  public var type = ""
  public var built: String?
  public var asked = 0
  public var known = 0
  public var fields: [String] = []
  public var unread: [String] = []

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.integer("position", &position, "Order of trust: the first that knows a field decides it.")
    try c.text("type", &type, "What its maker calls it.")
    try c.timestamp("built", &built, "When its maker built it, UTC.", nil: "it does not say")
    try c.integer("asked", &asked, "Different addresses that it was asked for.")
    try c.integer("known", &known, "Those of which it says something that is read.")
    try c.texts(
      "fields", &fields,
      "What was read of it: country, coordinates, AS number, AS organisation.")
    try c.texts(
      "unread", &unread,
      "What it says and cannot be read, each with the number of addresses, as `country \"CLOUDFLARE\" 3`."
    )
  }

  public var sortKey: SortKey { .of(position) }
}
