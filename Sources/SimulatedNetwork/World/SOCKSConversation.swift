internal import ElectrumProtocol
internal import Glibc

/// What a client of a SOCKS5 proxy wants to reach (RFC 1928 section 4).
struct SOCKSTarget: Equatable, Sendable {
  /// A name in lower case without a final dot, or an address literal as inet_ntop(3) writes it.
  let host: String
  let port: Int
  /// The name by which the client isolates its streams (RFC 1929); empty without one.
  let user: String
}

/// REP of a reply (RFC 1928 section 6).
enum SOCKSReply: UInt8 {
  case succeeded = 0
  case generalFailure = 1
  /// Not part of the simulated network.
  case notAllowed = 2
  /// Part of it, and down.
  case hostUnreachable = 4
  /// Up, and without such a port.
  case connectionRefused = 5
  case commandNotSupported = 7
  case addressTypeNotSupported = 8

  /// The reply, with 0.0.0.0:0 as the bound address.
  var bytes: [UInt8] { [5, rawValue, 0, 1, 0, 0, 0, 0, 0, 0] }
}

/// The server's side of RFC 1928 and RFC 1929 up to the request, without a socket: bytes in, what
/// to do out. Holds at most one message of the client; takes any bytes.
struct SOCKSConversation {
  enum Action: Equatable {
    case send([UInt8])
    /// Leads there and answers; bytes that came already follow.
    case connect(SOCKSTarget)
    case close
  }

  private enum Phase {
    case greeting, credentials, request, done
  }

  private static let version: UInt8 = 5
  private static let noAuthentication: UInt8 = 0
  private static let userAndPassword: UInt8 = 2
  private static let noAcceptableMethod: UInt8 = 0xFF

  private var phase = Phase.greeting
  private var user = ""
  private var buffer: [UInt8] = []

  /// Bytes after the request, meant for the server behind the proxy.
  var rest: [UInt8] { phase == .done ? buffer : [] }

  mutating func receive(_ bytes: some Sequence<UInt8>) -> [Action] {
    buffer.append(contentsOf: bytes)
    var actions: [Action] = []
    while let step = step() { actions += step }
    return actions
  }

  /// Nil until more bytes are there.
  private mutating func step() -> [Action]? {
    switch phase {
    case .greeting: greeting()
    case .credentials: credentials()
    case .request: request()
    case .done: nil
    }
  }

  private mutating func refuse(_ bytes: [UInt8]) -> [Action] {
    phase = .done
    buffer = []
    return bytes.isEmpty ? [.close] : [.send(bytes), .close]
  }

  /// VER NMETHODS METHODS.
  private mutating func greeting() -> [Action]? {
    guard let version = buffer.first else { return nil }
    guard version == Self.version else { return refuse([]) }
    guard buffer.count >= 2, let methods = take(2 + Int(buffer[1]))?.dropFirst(2) else {
      return nil
    }
    // As Tor does, so that clients can isolate their streams.
    if methods.contains(Self.userAndPassword) {
      phase = .credentials
      return [.send([Self.version, Self.userAndPassword])]
    }
    guard methods.contains(Self.noAuthentication) else {
      return refuse([Self.version, Self.noAcceptableMethod])
    }
    phase = .request
    return [.send([Self.version, Self.noAuthentication])]
  }

  /// VER ULEN UNAME PLEN PASSWD; any are taken.
  private mutating func credentials() -> [Action]? {
    guard let version = buffer.first else { return nil }
    guard version == 1 else { return refuse([1, 1]) }
    guard buffer.count >= 2 else { return nil }
    let nameEnd = 2 + Int(buffer[1])
    guard buffer.count > nameEnd,
      let message = take(nameEnd + 1 + Int(buffer[nameEnd]))
    else { return nil }
    user = String(decoding: message[2..<nameEnd], as: UTF8.self)
    phase = .request
    return [.send([1, 0])]
  }

  /// VER CMD RSV ATYP DST.ADDR DST.PORT.
  private mutating func request() -> [Action]? {
    guard let version = buffer.first else { return nil }
    guard version == Self.version else { return refuse([]) }
    guard buffer.count >= 5 else { return nil }
    let length: Int
    switch buffer[3] {
    case 1: length = 4
    case 3: length = 1 + Int(buffer[4])
    case 4: length = 16
    default: return refuse(SOCKSReply.addressTypeNotSupported.bytes)
    }
    let type = buffer[3]
    guard let message = take(4 + length + 2) else { return nil }
    guard message[1] == 1 else { return refuse(SOCKSReply.commandNotSupported.bytes) }
    let port = Int(message[4 + length]) << 8 | Int(message[5 + length])
    let address = Array(message[4..<4 + length])
    guard let host = Self.host(type, address) else {
      return refuse(SOCKSReply.generalFailure.bytes)
    }
    phase = .done
    return [.connect(SOCKSTarget(host: host, port: port, user: user))]
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    guard buffer.count >= count else { return nil }
    defer { buffer.removeFirst(count) }
    return Array(buffer[..<count])
  }

  private static func host(_ type: UInt8, _ address: [UInt8]) -> String? {
    switch type {
    case 1: AddressText.text(of: address)
    case 4: AddressText.text(of: address)
    default: AddressText.host(String(decoding: address.dropFirst(), as: UTF8.self))
    }
  }
}

/// Address literals in the one form that inet_ntop(3) gives them.
enum AddressText {
  /// - Parameter bytes: 4 or 16, in network order.
  static func text(of bytes: [UInt8]) -> String? {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    var text = [CChar](repeating: 0, count: 64)
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A name in lower case without its final dot, or a literal in its one form; nil for no name.
  static func host(_ text: String) -> String? {
    guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
    var four = in_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      return Self.text(of: withUnsafeBytes(of: four) { Array($0) })
    }
    var sixteen = in6_addr()
    if inet_pton(AF_INET6, text, &sixteen) == 1 {
      return Self.text(of: withUnsafeBytes(of: sixteen) { Array($0) })
    }
    let name = text.lowercased()
    return name.hasSuffix(".") ? String(name.dropLast()) : name
  }
}
