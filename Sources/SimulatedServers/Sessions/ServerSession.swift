package import ElectrumProtocol
package import SimulatedChain
package import Statistics

/// What a session wants done, in order.
package enum SessionEffect: Sendable, Equatable {
  /// One message (object or batch) as JSON without its line end.
  case send([UInt8])
  /// One message that later ones may overtake, so many seconds from now.
  case sendLater([UInt8], seconds: Double)
  /// Nothing more is read or sent for so many seconds; the other effects follow then.
  case pause(seconds: Double)
  /// Close after what was sent.
  case close
  /// Close and lose what was not yet written.
  case abort
}

/// One client's conversation with a simulated server. Opens no socket and knows no clock.
package protocol ServerSession: Sendable {
  /// What follows each message.
  var lineEnd: [UInt8] { get }
  /// How messages become packets.
  var padding: PaddedSendBuffer.Rule? { get }
  /// Longest line that is read; longer ones are dropped up to their end. Unit: bytes.
  var maximumLine: Int { get }
  /// What the server does when the connection is made, before a line.
  func open() -> [SessionEffect]
  /// Takes one line with its line end.
  ///
  /// - Parameter time: seconds since the connection was opened; never runs backwards.
  mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect]
  /// Its server has learned of new blocks or transactions, or speaks otherwise from now on.
  mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect]
}

extension ServerSession {
  package var lineEnd: [UInt8] { [UInt8(ascii: "\n")] }
  package var padding: PaddedSendBuffer.Rule? { nil }
  package var maximumLine: Int { 1_000_000 }
  package func open() -> [SessionEffect] { [] }
  package mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] { [] }
}

/// What a session knows of the server and of the connection it serves.
package struct SessionContext: Sendable {
  package var server: ServerProfile
  /// Address and port that the client reached.
  package let localAddress: String
  package let localPort: Int
  package let isTLS: Bool
  /// Open connections of the same client address, this one among them.
  package var connectionsOfClient = 1
  /// Which of the connections of one scan to this endpoint, from 1.
  package var visit = 1
  /// Draws of this connection, from the scenario's seed.
  package var random: Xoshiro256StarStar

  package init(
    server: ServerProfile, localAddress: String, localPort: Int, isTLS: Bool,
    random: Xoshiro256StarStar
  ) {
    self.server = server
    self.localAddress = localAddress
    self.localPort = localPort
    self.isTLS = isTLS
    self.random = random
  }
}

/// A server's settings and knowledge, shared by its connections.
package struct ServerProfile: Sendable {
  /// The software that answers.
  package var software: ServerSoftware
  /// The text by which it says that it is another software; nil where it tells the truth.
  package var claimedSoftware: String?
  package var names: [String]
  package var tcpPort: Int?
  package var sslPort: Int?
  /// Ports of WebSocket that it names beside these; nobody listens there.
  package var websocketPort: Int?
  package var secureWebsocketPort: Int?
  /// Hosts of others that it names beside its own.
  package var otherHosts: [NamedHost] = []
  /// Custom banner; nil for the implementation's default.
  package var banner: String?
  /// Custom donation address; nil for the implementation's default.
  package var donationAddress: String?
  /// Whether `server.features` names the server's own hosts.
  package var reportsHosts: Bool
  /// Blocks kept by a pruned node.
  package var pruning: Int?
  package var chain: ChainView
  /// Peers it can tell of.
  package var peers: PeerKnowledge
  /// Requests answered before the server calls the use excessive.
  package var requestLimit: Int?
  /// Seconds that each answer takes longer than the implementation's own.
  package var serviceDelay = 0.0
  package var broadcast = BroadcastAnswer.ofNode
  /// How it answers certain clients otherwise; the first whose pattern fits holds.
  package var variants: [ClientVariant] = []
  package var selectiveLimit: SelectiveLimit?
  /// Blocks by which the node of each replica is behind its own; a replica answers as often as this one, and
  /// in all else as this one does.
  package var replicasBehind: [Int] = []
  /// What it learns in the midst of a scan's first connection.
  package var comingBlock: ComingBlock?
  package var limits = ServerLimits()

  package init(software: ServerSoftware, chain: ChainView) {
    self.software = software
    names = []
    reportsHosts = false
    self.chain = chain
    peers = []
  }
}

/// A host that a server names in `server.features`, with its ports.
package struct NamedHost: Sendable, Equatable {
  package let name: String
  package let tcpPort: Int?
  package let sslPort: Int?
  package var websocketPort: Int?
  package var secureWebsocketPort: Int?

  package init(name: String, tcpPort: Int?, sslPort: Int?) {
    self.name = name
    self.tcpPort = tcpPort
    self.sslPort = sslPort
  }

  /// Its ports by the keys of the protocol, those of plain text first.
  package var ports: [(key: String, port: Int)] {
    [
      ("tcp_port", tcpPort), ("ssl_port", sslPort), ("ws_port", websocketPort),
      ("wss_port", secureWebsocketPort),
    ].compactMap { key, port in port.map { (key, $0) } }
  }
}

extension ServerProfile {
  /// What it names in `server.features`: its own hosts, then others'.
  package var namedHosts: [NamedHost] {
    names.map { name in
      var host = NamedHost(name: name, tcpPort: tcpPort, sslPort: sslPort)
      host.websocketPort = websocketPort
      host.secureWebsocketPort = secureWebsocketPort
      return host
    } + otherHosts
  }
}

/// Limits that its operator has set; nil for the implementation's default.
package struct ServerLimits: Sendable, Equatable {
  /// ElectrumX COST_SOFT_LIMIT and COST_HARD_LIMIT; 0: none.
  package var softCost: Double?
  package var hardCost: Double?
  /// ElectrumX REQUEST_SLEEP. Unit: seconds.
  package var requestSleep: Double?
  /// ElectrumX MAX_SEND. Unit: bytes.
  package var maximumSend: Int?
  /// Fulcrum max_history, electrs' electrum-txs-limit.
  package var maximumHistory: Int?
  /// Fulcrum max_batch.
  package var maximumBatch: Int?
  /// Fulcrum max_clients_per_ip; 0: none.
  package var clientsPerAddress: Int?
  /// ElectrumX DROP_CLIENT: a client whose name begins so is refused.
  package var droppedClient: String?

  package init() {}
}

/// What a server answers to `blockchain.transaction.broadcast`.
package enum BroadcastAnswer: Sendable, Equatable {
  /// What its node says.
  case ofNode
  /// An error with this text whatever is sent.
  case refuses(text: String)
  /// The id of a transaction that nobody sent.
  case falseIdentifier
}

/// Another face for clients whose name begins with `clientPrefix`.
package struct ClientVariant: Sendable {
  package var clientPrefix: String
  package var server: ServerProfile

  package init(clientPrefix: String, server: ServerProfile) {
    self.clientPrefix = clientPrefix
    self.server = server
  }
}

/// A block that a server learns of while a client is connected, the first time in a scan.
package struct ComingBlock: Sendable {
  /// Requests of the connection before it comes.
  package var requests: Int
  /// The chain with it.
  package var chain: ChainView

  package init(requests: Int, chain: ChainView) {
    self.requests = requests
    self.chain = chain
  }
}

/// A limit that holds for some questions alone, though others cost the same.
package struct SelectiveLimit: Sendable, Equatable {
  package enum Target: Sendable, Equatable {
    /// Scripts of one kind, as `p2tr`.
    case script(String)
    /// Clients whose name begins so.
    case client(prefix: String)
  }

  package var target: Target
  /// Such requests answered before the server calls them excessive.
  package var requests: Int

  package init(target: Target, requests: Int) {
    self.target = target
    self.requests = requests
  }
}

/// A peer as a server tells of it.
package struct PeerAdvertisement: Sendable, Hashable {
  package var address: String
  package var host: String
  package var features: [String]

  package init(address: String, host: String, features: [String]) {
    self.address = address
    self.host = host
    self.features = features
  }

  package var value: WireValue {
    .array([.string(address), .string(host), .array(features.map { .string($0) })])
  }
}

/// An error reply; thrown by methods.
package struct RPCError: Error, Sendable, Equatable {
  package var code: Int
  package var message: String
  /// Whether the server closes the connection after it.
  package var closes = false

  package init(_ code: Int, _ message: String, closes: Bool = false) {
    self.code = code
    self.message = message
    self.closes = closes
  }
}
