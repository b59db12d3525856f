public import Addressing
import Records

/// Where a proxy listens, and as whom we speak to it.
public struct SOCKSProxyAddress: Sendable, Hashable {
  public let address: IPAddress
  public let port: Int

  /// `127.0.0.1:9050` or `[::1]:9050`: an address, for a name would have to be looked up.
  public init?(_ text: String) {
    guard let place = HostAndPort(text), let address = IPAddress(place.host) else { return nil }
    self.address = address
    port = place.port
  }

  public var text: String { HostAndPort(address.text, port).text }
}

/// Why a proxy led nowhere.
public enum SOCKSFailure: Error, Sendable, Equatable {
  /// REP of its reply (RFC 1928 section 6), not zero.
  case refused(UInt8)
  /// It wants credentials of a kind that we have not, or refuses ours.
  case authentication
  /// Its bytes are no SOCKS5.
  case malformed(String)
  /// It closed before it had answered.
  case closed
}

/// The client's side of SOCKS5 (RFC 1928, RFC 1929) without a socket: bytes in, bytes out.
///
/// Offers both no authentication and a user and password: Tor takes the second as the name of a
/// circuit of its own (stream isolation), other proxies take the first.
struct SOCKSClient {
  enum Step: Equatable {
    case send([UInt8])
    /// The tunnel stands; bytes that came behind the reply are the server's.
    case connected(rest: [UInt8])
    case failed(SOCKSFailure)
    case starved
  }

  private enum Phase {
    case greeting, credentials, request, done
  }

  private static let version: UInt8 = 5
  private static let noAuthentication: UInt8 = 0
  private static let userAndPassword: UInt8 = 2

  private let host: String
  private let port: Int
  private let circuit: String
  private var phase = Phase.greeting
  private var buffer: [UInt8] = []

  /// - Parameters:
  ///   - host: an address literal, or a name that the proxy resolves; at most 255 bytes.
  ///   - circuit: connections with different ones share no circuit; 1 to 255 bytes are used.
  init(host: String, port: Int, circuit: String) {
    self.host = host
    self.port = port
    self.circuit = circuit
  }

  var greeting: [UInt8] { [Self.version, 2, Self.noAuthentication, Self.userAndPassword] }

  /// Holds less than one message of the proxy between calls.
  mutating func receive(_ bytes: some Sequence<UInt8>) -> Step {
    buffer.append(contentsOf: bytes)
    switch phase {
    case .greeting: return method()
    case .credentials: return verdict()
    case .request: return reply()
    case .done: return .starved
    }
  }

  private mutating func fail(_ failure: SOCKSFailure) -> Step {
    phase = .done
    buffer = []
    return .failed(failure)
  }

  private mutating func method() -> Step {
    guard let first = buffer.first else { return .starved }
    guard first == Self.version else { return fail(.malformed("version \(first)")) }
    guard buffer.count >= 2 else { return .starved }
    let method = buffer[1]
    buffer.removeFirst(2)
    switch method {
    case Self.noAuthentication:
      phase = .request
      return .send(request)
    case Self.userAndPassword:
      phase = .credentials
      return .send(credentials)
    default: return fail(.authentication)
    }
  }

  private mutating func verdict() -> Step {
    guard buffer.count >= 2 else { return .starved }
    guard buffer[1] == 0 else { return fail(.authentication) }
    buffer.removeFirst(2)
    phase = .request
    return .send(request)
  }

  private mutating func reply() -> Step {
    guard let first = buffer.first else { return .starved }
    guard first == Self.version else { return fail(.malformed("version \(first)")) }
    guard buffer.count >= 2 else { return .starved }
    guard buffer[1] == 0 else { return fail(.refused(buffer[1])) }
    guard buffer.count >= 5 else { return .starved }
    let length: Int
    switch buffer[3] {
    case 1: length = 4
    case 3: length = 1 + Int(buffer[4])
    case 4: length = 16
    default: return fail(.malformed("address type \(buffer[3])"))
    }
    let end = 4 + length + 2
    guard buffer.count >= end else { return .starved }
    phase = .done
    let rest = Array(buffer[end...])
    buffer = []
    return .connected(rest: rest)
  }

  /// RFC 1929: any password goes with the name.
  private var credentials: [UInt8] {
    let name = Array(circuit.utf8.prefix(255))
    return [1, UInt8(name.count)] + name + [1, UInt8(ascii: "0")]
  }

  private var request: [UInt8] {
    let head: [UInt8] = [Self.version, 1, 0]
    let tail = [UInt8(truncatingIfNeeded: port >> 8), UInt8(truncatingIfNeeded: port)]
    if let address = IPAddress(host) {
      return head + [address.isIPv4 ? 1 : 4] + address.bytes + tail
    }
    let name = Array(host.utf8.prefix(255))
    return head + [3, UInt8(name.count)] + name + tail
  }
}
