import Addressing
import Artifact
import ElectrumProtocol
import Foundation
import Records
import StageKit
import TLSChannel
import Timekeeping

/// One row of the generic format: a host, and what it answered, with every field checked.
struct HostRow {
  /// The fields, as Foreign-Scans lists them.
  static let fields = [
    "host", "address", "port", "transport", "asked_at", "outcome", "server_version", "features",
    "banner", "donation_address", "peers", "certificate_der",
  ]
  /// Fields that begin so are the user's own: nothing is taken from them.
  static let ownPrefix = "x_"

  /// Lower case where it is a name.
  let host: String
  /// Canonical form, or the onion name; nil: the row names no address.
  let address: String?
  let network: AddressFamily
  /// nil: not given.
  let port: Int?
  let transport: Transport?
  let askedAt: UTCTime?
  let outcome: Outcome?
  let conversation: ReconstructedConversation
  /// DER, leaf first.
  let chain: [[UInt8]]

  /// - Throws: `stage.bad-input` with file, row and field.
  init(_ row: ForeignRow) throws(StageError) {
    try row.requireKnown(Self.fields, ownPrefix: Self.ownPrefix)
    (host, address, network) = try Self.place(row)
    port = try row.optionalPort("port")
    transport = try row.optionalWord("transport", Transport.self)
    askedAt = try row.optionalTime("asked_at")
    outcome = try row.optionalWord("outcome", Outcome.self)
    conversation = try ReconstructedConversation(row)
    chain = try Self.chain(row)
    try checkAgreement(row)
  }

  private static func place(
    _ row: ForeignRow
  ) throws(StageError) -> (String, String?, AddressFamily) {
    let text = try row.text("host")
    let given = try row.optionalText("address")
    if let address = IPAddress(text) {
      if let given, IPAddress(given) != address {
        throw row.bad("address", "the address that host is", row.value["address"])
      }
      return (address.text, address.text, address.network)
    }
    guard let name = HostName(text) else {
      throw row.bad("host", "a name or an IP address", row.value["host"])
    }
    if name.isOnion { return (name.text, name.text, .onion) }
    guard let given else { return (name.text, nil, .unresolved) }
    guard let address = IPAddress(given) else {
      throw row.bad("address", "an IP address", row.value["address"])
    }
    return (name.text, address.text, address.network)
  }

  private static func chain(_ row: ForeignRow) throws(StageError) -> [[UInt8]] {
    let expected = "a certificate (DER) in base64, or a list of them, leaf first"
    var chain: [[UInt8]] = []
    for text in try row.textOrTexts("certificate_der", expected) {
      guard let der = Data(base64Encoded: text).map(Array.init),
        (try? CertificateSummary(der: der)) != nil
      else { throw row.bad("certificate_der", expected, row.value["certificate_der"]) }
      chain.append(der)
    }
    return chain
  }

  /// What contradicts itself is refused: one of the two fields is wrong.
  private func checkAgreement(_ row: ForeignRow) throws(StageError) {
    if !chain.isEmpty, transport == .tcp || transport == .ws {
      throw row.bad("transport", "ssl or wss beside a certificate", row.value["transport"])
    }
    guard let outcome else { return }
    if conversation.hasReplies, !outcome.isReached {
      throw row.bad("outcome", "an outcome of a host that replied", row.value["outcome"])
    }
    let isEarly = ["resolve.", "connect.", "socks."].contains { outcome.rawValue.hasPrefix($0) }
    if !chain.isEmpty, isEarly {
      throw row.bad("outcome", "an outcome of a host that sent a certificate", row.value["outcome"])
    }
    if outcome == .answered, !conversation.hasReplies {
      throw row.bad("outcome", "an answer beside the outcome answered", row.value["outcome"])
    }
  }
}
