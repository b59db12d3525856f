internal import ElectrumProtocol

/// Abuses the protocol in one way, for a bounded time and a bounded number of bytes.
package struct AbuseSession: ServerSession {
  private let abuse: ProtocolAbuse
  /// Answers what is not abused.
  private var honest: any ServerSession
  private var answered = 0

  /// Ends of lines are part of what is sent.
  package var lineEnd: [UInt8] { [] }

  package init(_ abuse: ProtocolAbuse, over honest: any ServerSession) {
    self.abuse = abuse
    self.honest = honest
  }

  package mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    defer { answered += 1 }
    let request = Request(line)
    switch abuse {
    case .closesBeforeAnswer: return [.abort]
    case .fallsSilent where answered > 0: return []
    case .byteBySecond: return answered == 0 ? Self.byteBySecond(request) : []
    case .endlessLine: return answered == 0 ? Self.endlessLine(request) : []
    case .hugeReply where request.method != "server.version": return Self.hugeReply(request)
    case .closesInAnswer: return [.send(Self.half(honestBytes(line, time))), .close]
    case .closesAfterFirst: return honestEffects(line, time) + [.close]
    case .unknownIDs: return [.send(AbuseBytes.strayReplies)] + honestEffects(line, time)
    case .notifications where answered == 0:
      return honestEffects(line, time) + Self.notifications()
    case .manyPeers where request.method == "server.peers.subscribe":
      return [.send(request.reply(AbuseBytes.manyPeers))]
    case .deepJSON where request.method != "server.version":
      return [.send(request.reply(AbuseBytes.deepList))]
    case .invalidUTF8 where request.method != "server.version":
      return [.send(request.reply(AbuseBytes.invalidText))]
    case .extremeNumbers where request.method != "server.version":
      return [.send(request.reply(AbuseBytes.extremeNumbers))]
    case .terminalEscapes, .markup, .formulae:
      if let text = hostileText(request.method) { return [.send(request.reply(text))] }
      return honestEffects(line, time)
    default: return honestEffects(line, time)
    }
  }

  package mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] {
    ended(honest.update(server, at: time))
  }

  /// Texts that people read: banner, donation address, and what the server is called.
  private func hostileText(_ method: String) -> [UInt8]? {
    guard let texts = abuse.texts else { return nil }
    switch method {
    case "server.banner": return AbuseBytes.text(texts.joined(separator: "\n"))
    case "server.donation_address": return AbuseBytes.text(texts[texts.count - 1])
    case "server.version":
      return Array("[".utf8) + AbuseBytes.text(texts[0]) + Array(",\"1.4\"]".utf8)
    default: return nil
    }
  }

  private mutating func honestEffects(
    _ line: ArraySlice<UInt8>, _ time: Double
  ) -> [SessionEffect] {
    ended(honest.receive(line, at: time))
  }

  private mutating func honestBytes(_ line: ArraySlice<UInt8>, _ time: Double) -> [UInt8] {
    honestEffects(line, time).reduce(into: []) { bytes, effect in
      if case .send(let message) = effect { bytes += message }
    }
  }

  /// With the honest session's line ends.
  private func ended(_ effects: [SessionEffect]) -> [SessionEffect] {
    effects.map { effect in
      switch effect {
      case .send(let message): .send(message + honest.lineEnd)
      case .sendLater(let message, let seconds):
        .sendLater(message + honest.lineEnd, seconds: seconds)
      case .pause, .close, .abort: effect
      }
    }
  }

  private static func half(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix(bytes.count / 2)) }

  private static let mebibyte = 1 << 20

  private static func endlessLine(_ request: Request) -> [SessionEffect] {
    let chunk = SessionEffect.send([UInt8](repeating: UInt8(ascii: "a"), count: mebibyte))
    let pieces = [SessionEffect](repeating: chunk, count: 48).flatMap {
      [$0, .pause(seconds: 0.05)]
    }
    return [.send(request.opening + [UInt8(ascii: "\"")])] + pieces + [.close]
  }

  private static func hugeReply(_ request: Request) -> [SessionEffect] {
    let chunk = SessionEffect.send([UInt8](repeating: UInt8(ascii: "b"), count: mebibyte))
    let pieces = [SessionEffect](repeating: chunk, count: 64).flatMap {
      [$0, .pause(seconds: 0.01)]
    }
    return [.send(request.opening + [UInt8(ascii: "\"")])] + pieces + [.send(Array("\"}\n".utf8))]
  }

  private static func byteBySecond(_ request: Request) -> [SessionEffect] {
    let text =
      request.opening + [UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "c"), count: 600)
    return text.prefix(600).flatMap { [.send([$0]), .pause(seconds: 1)] } + [.close]
  }

  private static func notifications() -> [SessionEffect] {
    let message =
      Array(
        #"{"jsonrpc":"2.0","method":"blockchain.headers.subscribe","params":[{"hex":"00","height":7}]}"#
          .utf8) + [UInt8(ascii: "\n")]
    let burst = SessionEffect.send((0..<100).flatMap { _ in message })
    return (0..<300).flatMap { _ in [burst, .pause(seconds: 1)] } + [.close]
  }
}

extension AbuseSession {
  /// What an abuse needs of a request: its method and its id as it came.
  struct Request {
    let method: String
    private let id: [UInt8]

    init(_ line: ArraySlice<UInt8>) {
      let value = (try? WireDocument(parsing: Array(line)))?.value
      method = value?["method"]?.text ?? ""
      id =
        switch value?["id"] {
        case .number(let text): Array(text.utf8)
        case .string(let text): AbuseBytes.text(text)
        default: Array("0".utf8)
        }
    }

    /// A reply up to its result.
    var opening: [UInt8] {
      Array("{\"jsonrpc\":\"2.0\",\"id\":".utf8) + id + Array(",\"result\":".utf8)
    }

    func reply(_ result: [UInt8]) -> [UInt8] { opening + result + Array("}\n".utf8) }
  }
}
