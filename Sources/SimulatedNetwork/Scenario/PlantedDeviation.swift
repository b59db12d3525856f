package import ElectrumProtocol
package import SimulatedServers

/// What a server does that an honest one would not, or how it fails. Part of the truth.
package enum PlantedDeviation: Sendable, Equatable {
  /// Whom a server tells of in place of, or besides, its peers.
  package enum FalsePeers: Sendable, Equatable {
    /// Its operator's servers and nobody else.
    case cohort
    /// So many that nobody can reach, and nobody else.
    case junk(count: Int)
    /// So many entries that all lead to one server.
    case victim(id: String, count: Int)
    /// Loopback and wildcard addresses: whoever asks.
    case asker
  }

  /// Many names that lead to one server.
  package struct NameFlood: Sendable, Equatable {
    package var count: Int
    /// What each name ends with.
    package var domain: String
    /// Epochs after which all names are others; nil: never.
    package var renameEpochs: Int?
    /// Whether the names lead to the server; otherwise to dead addresses of its site.
    package var isLive: Bool
  }

  /// Serves a chain this many blocks behind the others.
  case staleTip(blocks: Int)
  /// Its newest header has neither the work nor the linkage it claims.
  case falseTip
  /// States another network's genesis block and serves another chain.
  case foreignGenesis(BitcoinNetwork)
  /// Leaves out part of the confirmed transactions of a script.
  case historyOmission(share: Double)
  /// Lists transactions that exist nowhere.
  case inventedTransaction
  /// Its merkle branches lead nowhere.
  case corruptProof
  /// Its status hashes are not those of its own histories.
  case falseStatus
  /// Does not have part of the transactions that it lists.
  case missingTransactions(share: Double)
  /// Its fee estimates are so many times the node's.
  case falseFees(factor: Double)
  /// Its relay fee is so many times the node's.
  case falseRelayFee(factor: Double)
  /// Answers every broadcast with an error that sends people to a fake update.
  case phishingBroadcast(text: String)
  /// Answers every broadcast with an error.
  case refusesBroadcast(text: String)
  /// Answers every broadcast with the id of another transaction.
  case falseTransactionID
  /// Its banner sends people to a fake update; the text is the banner.
  case phishingBanner(text: String)
  /// Another banner than otherwise.
  case otherBanner(text: String)
  /// Answers this much later than its software would.
  case slow(milliseconds: Int)
  /// Other deviations towards clients whose name begins so.
  indirect case differsByClient(prefix: String, [PlantedDeviation])
  /// Other deviations, or another certificate, towards clients that come another way.
  indirect case differsByOrigin(
    OriginVariant.Origin, otherCertificate: Bool, [PlantedDeviation])
  /// Calls any use beyond so many requests of a connection excessive, and closes.
  case throttles(requests: Int)
  /// The same for some questions or some clients alone.
  case throttlesSelectively(SelectiveLimit)
  case falsePeers(FalsePeers)
  case nameFlood(NameFlood)
  /// Answers bytes that are no JSON.
  case garbage
  /// Accepts and never answers.
  case silent
  /// Accepts and closes at once.
  case closes
  /// Abuses the protocol.
  case abuse(ProtocolAbuse)
  /// Abuses the handshake on its TLS ports.
  case handshakeAbuse(HandshakeAbuse.Kind)

  /// The permanent word of this kind.
  package var word: String { kind.rawValue }
}

/// A deviation with the time at which it shows.
package struct Planting: Sendable, Equatable {
  package let deviation: PlantedDeviation
  /// First epoch; 0 where the scenario says nothing.
  package let from: Int
  /// First epoch at which it no longer holds; nil: to the end.
  package let until: Int?
  /// Part of the epochs between them at which it shows, drawn for each, 0…1.
  package let epochShare: Double
}
