import Addressing
import ElectrumProtocol
import Records

/// What server resolution knows of one endpoint.
struct EndpointEvidence {
  let draft: EndpointDraft
  /// Whether it belongs to its server for want of another at its address (S8), and for nothing else.
  var isAttached = false
  /// Whether key, certificate and ticket are withheld: see `TwinKeys`.
  var isWithheld = false
  /// SHA-256 of the leaf certificate's public key; nil: no key was seen.
  var spki: String?
  /// Autonomous system of the address; nil: not known.
  var autonomousSystem: Int?

  var id: String { draft.id }
  /// Whether the server identified itself.
  var isAnswered: Bool { draft.outcome == .answered }

  /// The implementation that the endpoint claims to be; nil: it did not identify itself.
  var implementation: String? {
    guard let text = draft.answers.versionText else { return nil }
    let software = ServerSoftware(text)
    if software.implementation != .unknown { return software.implementation.rawValue }
    return String(text.prefix { $0 != " " && $0 != "/" })
  }

  /// Whether both answered alike wherever both were asked; nil where that is too little to say.
  func behaves(like other: EndpointEvidence) -> Bool? {
    let common = draft.shapes.filter { other.draft.shapes[$0.key] != nil }
    guard common.count >= Self.comparableProbes else { return nil }
    return common.allSatisfy { other.draft.shapes[$0.key] == $0.value }
  }

  private static let comparableProbes = 3

  /// Whether both are known to be of one implementation and release and to speak one range of
  /// protocols, and gave tips that are a block apart at most: what S3 asks of two families.
  func isAlike(_ other: EndpointEvidence) -> Bool {
    guard let release, let range = protocolRange, release == other.release,
      range == other.protocolRange
    else { return false }
    return draft.tips.contains { tip in
      other.draft.tips.contains { abs(tip.height - $0.height) <= 1 }
    }
  }

  /// Implementation and version; nil: it did not identify itself.
  private var release: [String]? {
    guard let text = draft.answers.versionText else { return nil }
    let software = ServerSoftware(text)
    if software.implementation == .unknown { return [text] }
    return [software.implementation.rawValue, software.version ?? ""]
  }

  /// nil: not told.
  private var protocolRange: [String]? {
    guard let low = draft.answers.protocolMin, let high = draft.answers.protocolMax else {
      return nil
    }
    return [low, high]
  }
}

/// All that server resolution is told of a scan.
struct ResolutionEvidence {
  var endpoints: [EndpointEvidence]
  /// Ports that tuples name together, by endpoint ids.
  var listed = ListedPairs()
  /// Tickets issued by one endpoint and taken by another.
  var resumptions: Set<TicketResumption> = []
  /// SHA-256 of public keys that are published.
  var copiedKeys: Set<String> = []
}

/// A TLS session ticket of `issuer` that `resumer` took, by endpoint ids.
struct TicketResumption: Hashable {
  let issuer: String
  let resumer: String
}

extension TicketResumption {
  /// Nil where no ticket of another endpoint was taken.
  init?(_ connection: Connection) {
    guard let facts = connection.tls, facts.resumed == true, let place = facts.ticketFrom,
      let colon = place.lastIndex(of: ":"), let port = Int(place[place.index(after: colon)...])
    else { return nil }
    let host = place[..<colon].drop { $0 == "[" }.prefix { $0 != "]" }
    let network = IPAddress(String(host))?.network ?? .onion
    issuer = Identifier.endpoint(
      network: network, address: String(host), name: String(host), port: port,
      transport: connection.transport)
    resumer = connection.endpointID
    if issuer == resumer { return nil }
  }

  /// Whether a ticket of an onion service was offered to a clearnet endpoint, or the reverse.
  static func isAcross(_ connection: Connection) -> Bool {
    guard let place = connection.tls?.ticketFrom, let colon = place.lastIndex(of: ":") else {
      return false
    }
    return place[..<colon].hasSuffix(".onion") != (connection.network == .onion)
  }
}
