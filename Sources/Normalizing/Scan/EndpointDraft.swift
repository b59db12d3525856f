import Addressing
import Records

/// What a scan shows of one endpoint, while it is put together.
///
/// A class, since resolution, servers and tables hold every endpoint, and a flood of peers names hundred
/// thousands: each is there once. Nothing changes it when all evidence is in.
final class EndpointDraft {
  let id: String
  let network: AddressFamily
  let address: String
  let port: Int
  let transport: Transport
  /// Names by which it is listed or was reached; addresses are no names.
  var names: Set<String> = []
  /// Names that resolve to its address.
  var verifiedNames: Set<String> = []
  /// Distinct sources that list it.
  private(set) var advertisers = 0
  private var lastAdvertiser: String?
  /// Protocol versions with which it is listed.
  private(set) var listedVersions = ListedVersions()
  /// From whom it was heard.
  private(set) var hearing = FirstHearing()
  var attempts = 0
  var answeredAttempts = 0
  var outcome: Outcome = .untestedNotImported
  var isTested = false
  var isReached = false
  var connectMicroseconds: [Int] = []
  var tlsMicroseconds: [Int] = []
  /// nil: it said nothing, as most that are only named.
  private var heard: Heard?
  /// Every header tip that it gave, with its time.
  var tips: [TipSighting] = []
  /// How each probe was last answered, but for what was said.
  var shapes: [String: String] = [:]
  private var attemptNumbers: Set<Int> = []

  /// What is large, and missing where nothing was heard.
  private final class Heard {
    var handshakes = HandshakeEvidence()
    var answers = Answers()
  }

  /// Of the last handshake that tells most.
  var tls: TLSFacts? { heard?.handshakes.last }

  var handshakes: HandshakeEvidence { heard?.handshakes ?? HandshakeEvidence() }

  var answers: Answers {
    get { heard?.answers ?? Answers() }
    set { listening().answers = newValue }
  }

  private func listening() -> Heard {
    if let heard { return heard }
    let heard = Heard()
    self.heard = heard
    return heard
  }

  convenience init(
    network: AddressFamily, address: String, name: String, port: Int, transport: Transport
  ) {
    self.init(
      id: Identifier.endpoint(
        network: network, address: address, name: name, port: port, transport: transport),
      network: network, address: address, name: name, port: port, transport: transport)
  }

  /// - Parameter id: that of the other values.
  init(
    id: String, network: AddressFamily, address: String, name: String, port: Int,
    transport: Transport
  ) {
    self.id = id
    self.network = network
    self.address = address
    self.port = port
    self.transport = transport
    add(name: name)
  }

  func add(name: String) {
    let name = DNSName.canonical(name)
    if !name.isEmpty, name != address, IPAddress(name) == nil { names.insert(name) }
  }

  /// Counts a source; whatever comes from one source comes in a row.
  /// - Parameter time: when it named the endpoint; nil: not known.
  /// - Parameter version: the protocol version with which it lists the endpoint, if any.
  func add(
    advertiser name: String, _ kind: AdvertisementKind, at time: String?, version: String? = nil
  ) {
    hearing.take(kind, at: time)
    if lastAdvertiser == name { return }
    lastAdvertiser = name
    version.map { listedVersions.take($0) }
    advertisers += 1
  }

  /// The number of a connection among all to this endpoint: its own, unless one that was made under
  /// another name has it.
  func number(of connection: Connection) -> Int {
    let isFree = attemptNumbers.insert(connection.attempt).inserted
    let number =
      isFree ? connection.attempt : max(0, min(attemptNumbers.max() ?? 0, Int.max - 1)) + 1
    attemptNumbers.insert(number)
    return number
  }

  /// Takes in one attempt; attempts come in their order.
  func take(_ connection: Connection) {
    add(name: connection.host)
    // Dialled by its name, in an import: nothing else led there.
    let isDialledByName = connection.network == .unresolved && connection.outcome.isReached
    if connection.resolveMicroseconds != nil || isDialledByName,
      names.contains(DNSName.canonical(connection.host))
    {
      verifiedNames.insert(DNSName.canonical(connection.host))
    }
    if connection.outcome.isTested {
      attempts += 1
      isTested = true
    }
    isReached = isReached || connection.outcome.isReached
    if connection.outcome == .answered { answeredAttempts += 1 }
    if outcome != .answered { outcome = connection.outcome }
    connection.connectMicroseconds.map { connectMicroseconds.append($0) }
    guard connection.tls != nil || HandshakeEvidence.isHello(connection) else { return }
    listening().handshakes.take(connection)
    if !HandshakeEvidence.isHello(connection) {
      connection.tls?.durationMicroseconds.map { tlsMicroseconds.append($0) }
    }
  }
}
