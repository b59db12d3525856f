import Addressing
import Artifact
import ElectrumProtocol
import Records
import StageKit
import Timekeeping

/// The fields of a row of the generic format, as Foreign-Scans lists them.
private struct HostFields: FieldObject {
  var host = ""
  var address: String?
  var port: Int?
  var transport: Transport?
  var askedAt: UTCTime?
  var outcome: Outcome?
  var results = ResultFields()
  var certificates: JSONValue?

  static let certificateForm =
    "a certificate (DER in base64 or hexadecimal digits, or whole PEM), or a list of them, leaf first"

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("host", &host, .text, "Name or address that was asked.")
    f.field("address", &address, .nullable(.text), "Address that it had then.")
    f.field("port", &port, .nullable(.foreignPort), "TCP port.")
    f.field("transport", &transport, .nullable(.word), "How it was asked.")
    f.field("asked_at", &askedAt, .nullable(.foreignTime), "Start of the attempt.")
    f.field("outcome", &outcome, .nullable(.word), "An outcome code of ours.")
    results.fields(&f)
    f.field(
      "certificate_der", &certificates,
      .nullable(
        .json(Self.certificateForm) {
          switch $0 {
          case .string: true
          case .array(let items):
            items.allSatisfy { if case .string = $0 { true } else { false } }
          case .null, .boolean, .integer, .number, .object: false
          }
        }), "The certificates as sent.")
  }
}

/// One row of the generic format: a host, and what it answered, with every field checked.
struct HostRow {
  /// Names of the fields.
  static let fields = ObjectMembers.keys(of: HostFields.self)

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
  /// As sent, leaf first; whether OpenSSL can read them is another question.
  let chain: [[UInt8]]

  init(_ row: ForeignRow) throws(RowError) {
    let fields = try row.read(HostFields.self, repaired: ResultFields.names)
    (host, address, network) = try Self.place(row, fields)
    port = fields.port
    transport = fields.transport
    askedAt = fields.askedAt
    outcome = fields.outcome
    conversation = ReconstructedConversation(fields.results, row)
    chain = try Self.chain(row, fields.certificates)
    try checkAgreement(row)
  }

  private static func place(
    _ row: ForeignRow, _ fields: HostFields
  ) throws(RowError) -> (String, String?, AddressFamily) {
    let given = fields.address
    switch try place(row, fields.host) {
    case .address(let address):
      if let given, (try? Place(given)) != .address(address) {
        throw row.bad("address", "the address that host is", row.value["address"])
      }
      return (address.text, address.text, address.network)
    case .name(let name):
      if name.hasSuffix(".onion") { return (name, name, .onion) }
      guard let given else { return (name, nil, .unresolved) }
      guard case .address(let address)? = try? Place(given) else {
        throw row.bad("address", "an IP address", row.value["address"])
      }
      return (name, address.text, address.network)
    }
  }

  /// An onion name that cannot exist stays: that somebody asked it is evidence, and `normalize` tells
  /// it apart.
  private static func place(_ row: ForeignRow, _ text: String) throws(RowError) -> Place {
    do throws(Place.Defect) {
      return try Place(text)
    } catch {
      let name = text.lowercased()
      if error.isOnion { return .name(name.hasSuffix(".") ? String(name.dropLast()) : name) }
      throw row.bad(
        "host", "a name or an IP address",
        found: "\(JSONValue.string(Place.withoutCredentials(text)).kind) (\(error.rawValue))")
    }
  }

  private static func chain(
    _ row: ForeignRow, _ certificates: JSONValue?
  ) throws(RowError) -> [[UInt8]] {
    let texts: [JSONValue] =
      switch certificates {
      case .array(let items)?: items
      case let text?: [text]
      case nil: []
      }
    var chain: [[UInt8]] = []
    for case .string(let text) in texts {
      guard let sent = CertificateText.certificates(text) else {
        throw row.bad(
          "certificate_der", HostFields.certificateForm, row.value["certificate_der"])
      }
      chain += sent
    }
    return chain
  }

  /// What contradicts itself is refused: one of the two fields is wrong.
  private func checkAgreement(_ row: ForeignRow) throws(RowError) {
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
