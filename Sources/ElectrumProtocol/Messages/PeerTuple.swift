/// One item of `server.peers.subscribe`: `[address, host, [features]]`.
public struct PeerTuple: Sendable, Hashable {
  /// Address as advertised; for an onion peer its name again.
  public var address: String
  public var host: String
  /// `v…` without its letter, as written.
  public var protocolVersion: String?
  /// `p…` without its letter, as written: the number of blocks kept, or "-".
  public var pruning: String?
  /// Plain-text port; the network's default for a bare `t`.
  public var tcpPort: Int?
  /// TLS port; the network's default for a bare `s`.
  public var sslPort: Int?
  /// All features as sent, in order.
  public var features: [String]

  /// An item that cannot be read as a peer, kept with its text.
  public struct Rejection: Error, Sendable, Equatable {
    public enum Reason: String, Sendable, CaseIterable {
      case notAnArray = "not-an-array"
      case wrongLength = "wrong-length"
      case badAddress = "bad-address"
      case badHost = "bad-host"
      case badFeatures = "bad-features"
      case badPort = "bad-port"
      case noPort = "no-port"
    }

    public var reason: Reason
    /// The item as compact JSON.
    public var raw: String

    public init(reason: Reason, raw: String) {
      self.reason = reason
      self.raw = raw
    }
  }

  public init(_ item: WireValue, network: BitcoinNetwork = .mainnet) throws(Rejection) {
    func reject(_ reason: Rejection.Reason) -> Rejection {
      Rejection(reason: reason, raw: String(decoding: item.encoded(), as: UTF8.self))
    }
    guard let parts = item.elements else { throw reject(.notAnArray) }
    guard parts.count == 3 else { throw reject(.wrongLength) }
    guard let address = parts[0].text, Self.isName(address) else { throw reject(.badAddress) }
    guard let host = parts[1].text, Self.isName(host) else { throw reject(.badHost) }
    guard let list = parts[2].elements else { throw reject(.badFeatures) }
    let features = list.compactMap(\.text)
    guard features.count == list.count else { throw reject(.badFeatures) }
    self.init(address: address, host: host, features: features)
    for feature in features {
      guard read(feature, network: network) else { throw reject(.badPort) }
    }
    guard tcpPort != nil || sslPort != nil else { throw reject(.noPort) }
  }

  private init(address: String, host: String, features: [String]) {
    self.address = address
    self.host = host
    self.features = features
  }

  /// False for a port that is none. Unknown letters are kept in `features` and mean nothing;
  /// of two ports for one transport the first counts.
  private mutating func read(_ feature: String, network: BitcoinNetwork) -> Bool {
    let rest = String(feature.unicodeScalars.dropFirst())
    switch feature.unicodeScalars.first {
    case "v" where protocolVersion == nil: protocolVersion = rest
    case "p" where pruning == nil: pruning = rest
    case "t":
      guard let port = Self.port(rest, default: network.defaultTCPPort) else { return false }
      tcpPort = tcpPort ?? port
    case "s":
      guard let port = Self.port(rest, default: network.defaultSSLPort) else { return false }
      sslPort = sslPort ?? port
    default: break
    }
    return true
  }

  /// 1…65535 in plain digits.
  private static func port(_ text: String, default defaultPort: Int) -> Int? {
    if text.isEmpty { return defaultPort }
    guard text.utf8.count <= 5,
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let port = Int(text), (1...65535).contains(port)
    else { return nil }
    return port
  }

  /// Printable ASCII without spaces, 1…255 characters: names, addresses, onion names.
  private static func isName(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}

extension PeerTuple {
  /// Reads each item of a peers reply; nil if the result is no array at all.
  public static func list(
    _ result: WireValue, network: BitcoinNetwork = .mainnet
  ) -> [Result<PeerTuple, Rejection>]? {
    result.elements?.map { item in
      do throws(Rejection) {
        return .success(try PeerTuple(item, network: network))
      } catch {
        return .failure(error)
      }
    }
  }
}
