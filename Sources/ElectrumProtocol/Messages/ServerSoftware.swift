/// What a server calls itself in the first element of `server.version`'s result.
public struct ServerSoftware: Sendable, Hashable {
  public enum Implementation: String, Sendable, CaseIterable {
    case electrumX = "ElectrumX"
    case fulcrum = "Fulcrum"
    /// romanz/electrs.
    case electrs = "electrs"
    /// Blockstream's and mempool's electrs.
    case electrsEsplora = "electrs-esplora"
    case electrumPersonalServer = "ElectrumPersonalServer"
    case bwt = "bwt"
    case floresta = "Floresta"
    case jelectrum = "jelectrum"
    case unknown
  }

  public let implementation: Implementation
  /// The part after the name and its separator, without white space around it; nil where there is
  /// none.
  public let version: String?
  /// The whole string as sent.
  public let raw: String

  public init(_ raw: String) {
    self.raw = raw
    // The longer name first: electrs is a prefix of electrs-esplora.
    for (name, implementation) in Self.names {
      guard let rest = Self.rest(of: raw, after: name) else { continue }
      self.implementation = implementation
      version = rest.isEmpty ? nil : rest
      return
    }
    implementation = .unknown
    version = nil
  }

  private static let names: [(String, Implementation)] = [
    ("electrs-esplora", .electrsEsplora), ("mempool-electrs", .electrsEsplora),
    ("ElectrumPersonalServer", .electrumPersonalServer), ("ElectrumX", .electrumX),
    ("Fulcrum", .fulcrum), ("Floresta", .floresta), ("electrs", .electrs), ("bwt", .bwt),
    // Jelectrum calls itself "jelectum absurd", without the r.
    ("jelectum", .jelectrum), ("jelectrum", .jelectrum),
  ]

  /// What follows `name` and one separator (space or slash) without white space around it, or "" if
  /// nothing does; nil if `raw` is another word.
  private static func rest(of raw: String, after name: String) -> String? {
    let bytes = Array(raw.utf8)
    let prefix = Array(name.utf8)
    guard bytes.starts(with: prefix) else { return nil }
    guard bytes.count > prefix.count else { return "" }
    guard bytes[prefix.count] == UInt8(ascii: " ") || bytes[prefix.count] == UInt8(ascii: "/")
    else { return nil }
    var rest = bytes[(prefix.count + 1)...]
    while let last = rest.last, whiteSpace.contains(last) { rest.removeLast() }
    return String(decoding: rest.drop(while: whiteSpace.contains), as: UTF8.self)
  }

  private static let whiteSpace = Set(" \t\r\n".utf8)
}
