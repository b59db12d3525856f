internal import ElectrumProtocol
internal import SimulatedServers

extension PlantedDeviation {
  enum Kind: String, CaseIterable {
    case staleTip = "stale-tip"
    case falseTip = "false-tip"
    case foreignGenesis = "foreign-genesis"
    case historyOmission = "history-omission"
    case inventedTransaction = "invented-transaction"
    case corruptProof = "corrupt-proof"
    case falseStatus = "false-status"
    case missingTransactions = "missing-transactions"
    case falseFees = "false-fees"
    case falseRelayFee = "false-relay-fee"
    case phishingBroadcast = "phishing-broadcast"
    case refusesBroadcast = "refuses-broadcast"
    case falseTransactionID = "false-transaction-id"
    case phishingBanner = "phishing-banner"
    case otherBanner = "other-banner"
    case slow
    case differsByClient = "differs-by-client"
    case differsByOrigin = "differs-by-origin"
    case throttles
    case throttlesSelectively = "throttles-selectively"
    case falsePeers = "false-peers"
    case nameFlood = "name-flood"
    case garbage, silent, closes, abuse
    case handshakeAbuse = "handshake-abuse"

    /// Keys that a deviation of this kind has besides `kind` and the time.
    var keys: Set<String> {
      switch self {
      case .staleTip: ["blocks"]
      case .foreignGenesis: ["network"]
      case .historyOmission, .missingTransactions: ["share"]
      case .falseFees, .falseRelayFee: ["factor"]
      case .phishingBroadcast, .refusesBroadcast, .phishingBanner, .otherBanner: ["text"]
      case .slow: ["delay_ms"]
      case .differsByClient: ["client", "deviations"]
      case .differsByOrigin: ["origin", "other_certificate", "deviations"]
      case .throttles: ["requests"]
      case .throttlesSelectively: ["requests", "script", "client"]
      case .falsePeers: ["peers", "count", "victim"]
      case .nameFlood: ["count", "domain", "rename_epochs", "live"]
      case .abuse, .handshakeAbuse: ["abuse"]
      case .falseTip, .inventedTransaction, .corruptProof, .falseStatus, .falseTransactionID,
        .garbage, .silent, .closes:
        []
      }
    }
  }

  /// Keys of the time at which a deviation shows.
  static let timeKeys: Set<String> = ["from", "until", "epoch_share"]
  static let keys = Kind.allCases.reduce(into: timeKeys.union(["kind"])) { $0.formUnion($1.keys) }

  var kind: Kind {
    switch self {
    case .staleTip: .staleTip
    case .falseTip: .falseTip
    case .foreignGenesis: .foreignGenesis
    case .historyOmission: .historyOmission
    case .inventedTransaction: .inventedTransaction
    case .corruptProof: .corruptProof
    case .falseStatus: .falseStatus
    case .missingTransactions: .missingTransactions
    case .falseFees: .falseFees
    case .falseRelayFee: .falseRelayFee
    case .phishingBroadcast: .phishingBroadcast
    case .refusesBroadcast: .refusesBroadcast
    case .falseTransactionID: .falseTransactionID
    case .phishingBanner: .phishingBanner
    case .otherBanner: .otherBanner
    case .slow: .slow
    case .differsByClient: .differsByClient
    case .differsByOrigin: .differsByOrigin
    case .throttles: .throttles
    case .throttlesSelectively: .throttlesSelectively
    case .falsePeers: .falsePeers
    case .nameFlood: .nameFlood
    case .garbage: .garbage
    case .silent: .silent
    case .closes: .closes
    case .abuse: .abuse
    case .handshakeAbuse: .handshakeAbuse
    }
  }

  /// - Parameter isNested: whether it stands within another deviation, which has the time.
  init(_ value: WireValue, place: String, isNested: Bool) throws(ScenarioError) {
    let open = try ScenarioReader(value, place: place, keys: Self.keys)
    let kind = try open.word("kind", Kind.self)
    let reader = try ScenarioReader(
      value, place: place,
      keys: kind.keys.union(isNested ? ["kind"] : Self.timeKeys.union(["kind"])))
    if isNested { try Self.checkNested(kind, place) }
    self = try Self.read(kind, reader)
  }

  /// Another face is other answers; it cannot be another network or another way to fail.
  private static func checkNested(_ kind: Kind, _ place: String) throws(ScenarioError) {
    switch kind {
    case .differsByClient, .differsByOrigin, .nameFlood, .garbage, .silent, .closes, .abuse,
      .handshakeAbuse:
      throw ScenarioError(
        .unknownName, place: "\(place).kind", expected: "a deviation of answers",
        found: "\"\(kind.rawValue)\"")
    default: return
    }
  }

  private static func read(
    _ kind: Kind, _ reader: ScenarioReader
  ) throws(ScenarioError) -> PlantedDeviation {
    switch kind {
    case .staleTip: .staleTip(blocks: try reader.integer("blocks", 1...100))
    case .falseTip: .falseTip
    case .foreignGenesis: .foreignGenesis(try reader.word("network", BitcoinNetwork.self))
    case .historyOmission: .historyOmission(share: try reader.number("share", 0...1))
    case .inventedTransaction: .inventedTransaction
    case .corruptProof: .corruptProof
    case .falseStatus: .falseStatus
    case .missingTransactions: .missingTransactions(share: try reader.number("share", 0...1))
    case .falseFees: .falseFees(factor: try reader.number("factor", 0...1_000_000))
    case .falseRelayFee: .falseRelayFee(factor: try reader.number("factor", 0...1_000_000))
    case .phishingBroadcast: .phishingBroadcast(text: try reader.text("text"))
    case .refusesBroadcast: .refusesBroadcast(text: try reader.text("text"))
    case .falseTransactionID: .falseTransactionID
    case .phishingBanner: .phishingBanner(text: try reader.text("text"))
    case .otherBanner: .otherBanner(text: try reader.text("text"))
    case .slow: .slow(milliseconds: try reader.integer("delay_ms", 1...60_000))
    case .differsByClient:
      .differsByClient(prefix: try reader.text("client"), try nested(reader))
    case .differsByOrigin:
      .differsByOrigin(
        try origin(reader),
        otherCertificate: try reader.optionalBoolean("other_certificate") ?? false,
        try nested(reader))
    case .throttles: .throttles(requests: try reader.integer("requests", 0...1_000_000))
    case .throttlesSelectively: .throttlesSelectively(try selectiveLimit(reader))
    case .falsePeers: .falsePeers(try falsePeers(reader))
    case .nameFlood: .nameFlood(try nameFlood(reader))
    case .garbage: .garbage
    case .silent: .silent
    case .closes: .closes
    case .abuse: .abuse(try reader.word("abuse", ProtocolAbuse.self))
    case .handshakeAbuse: .handshakeAbuse(try reader.word("abuse", HandshakeAbuse.Kind.self))
    }
  }

  private static func nested(_ reader: ScenarioReader) throws(ScenarioError) -> [PlantedDeviation] {
    var result: [PlantedDeviation] = []
    for item in try reader.list("deviations") {
      result.append(try PlantedDeviation(item.value, place: item.place, isNested: true))
    }
    return result
  }

  /// `tor`, or the beginning of client addresses.
  private static func origin(
    _ reader: ScenarioReader
  ) throws(ScenarioError) -> OriginVariant.Origin {
    let text = try reader.text("origin")
    return text == "tor" ? .tor : .clients(addressPrefix: text)
  }

  private static func selectiveLimit(
    _ reader: ScenarioReader
  ) throws(ScenarioError) -> SelectiveLimit {
    let requests = try reader.integer("requests", 0...1_000_000)
    guard reader.has("script") != reader.has("client") else {
      throw ScenarioError(
        .missingKey, place: reader.place, expected: "either script or client",
        found: reader.has("script") ? "both" : "neither")
    }
    if let script = try reader.optionalText("script") {
      return SelectiveLimit(target: .script(script), requests: requests)
    }
    return SelectiveLimit(
      target: .client(prefix: try reader.text("client")), requests: requests)
  }

  private enum PeersWord: String, CaseIterable {
    case cohort, junk, victim, asker
  }

  private static func falsePeers(_ reader: ScenarioReader) throws(ScenarioError) -> FalsePeers {
    let word = try reader.word("peers", PeersWord.self)
    let count = try reader.optionalInteger("count", 1...1_000_000) ?? 50
    return switch word {
    case .cohort: .cohort
    case .junk: .junk(count: count)
    case .victim: .victim(id: try reader.text("victim"), count: count)
    case .asker: .asker
    }
  }

  private static func nameFlood(_ reader: ScenarioReader) throws(ScenarioError) -> NameFlood {
    NameFlood(
      count: try reader.integer("count", 1...100_000), domain: try reader.text("domain"),
      renameEpochs: try reader.optionalInteger("rename_epochs", 1...100_000),
      isLive: try reader.optionalBoolean("live") ?? true)
  }
}

extension Planting {
  init(_ value: WireValue, place: String) throws(ScenarioError) {
    deviation = try PlantedDeviation(value, place: place, isNested: false)
    let reader = try ScenarioReader(value, place: place, keys: PlantedDeviation.keys)
    from = try reader.optionalInteger("from", 0...1_000_000) ?? 0
    until = try reader.optionalInteger("until", from + 1...1_000_001)
    epochShare = try reader.optionalNumber("epoch_share", 0...1) ?? 1
  }
}
