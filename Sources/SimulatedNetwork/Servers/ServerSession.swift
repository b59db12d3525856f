internal import ElectrumProtocol
internal import Statistics

/// What a session wants done, in order.
enum SessionEffect: Sendable, Equatable {
  /// One message (object or batch) as JSON without its line end.
  case send([UInt8])
  /// Close after what was sent.
  case close
  /// Close and lose what was not yet written.
  case abort
}

/// One client's conversation with a simulated server. Opens no socket and knows no clock.
protocol ServerSession: Sendable {
  /// What follows each message.
  var lineEnd: [UInt8] { get }
  /// How messages become packets.
  var padding: PaddedSendBuffer.Rule? { get }
  /// Takes one line with its line end.
  mutating func receive(_ line: ArraySlice<UInt8>) -> [SessionEffect]
}

extension ServerSession {
  var lineEnd: [UInt8] { [UInt8(ascii: "\n")] }
  var padding: PaddedSendBuffer.Rule? { nil }
}

/// What a session knows of the server and of the connection it serves.
struct SessionContext: Sendable {
  let server: ServerProfile
  /// Address and port that the client reached.
  let localAddress: String
  let localPort: Int
  let isTLS: Bool
  /// Draws of this connection, from the scenario's seed.
  var random: Xoshiro256StarStar
}

/// A server's settings and knowledge, shared by its connections.
struct ServerProfile: Sendable {
  var software: ServerSoftware
  var names: [String]
  var tcpPort: Int?
  var sslPort: Int?
  /// Custom banner; nil for the implementation's default.
  var banner: String?
  /// Custom donation address; nil for the implementation's default.
  var donationAddress: String?
  /// Whether `server.features` names the server's own hosts.
  var reportsHosts: Bool
  /// Blocks kept by a pruned node.
  var pruning: Int?
  var chain: ChainView
  /// Peers it can tell of, in a stable order.
  var peers: [PeerAdvertisement]
  /// Requests answered before the server calls the use excessive.
  var requestLimit: Int?
}

/// A peer as a server tells of it.
struct PeerAdvertisement: Sendable, Hashable {
  var address: String
  var host: String
  var features: [String]

  var value: WireValue {
    .array([.string(address), .string(host), .array(features.map { .string($0) })])
  }
}

/// An error reply; thrown by methods.
struct RPCError: Error, Sendable, Equatable {
  var code: Int
  var message: String
  /// Whether the server closes the connection after it.
  var closes = false

  init(_ code: Int, _ message: String, closes: Bool = false) {
    self.code = code
    self.message = message
    self.closes = closes
  }
}
