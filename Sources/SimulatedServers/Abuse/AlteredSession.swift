internal import ElectrumProtocol
import Ordering

/// A session some of whose replies are changed on their way out, whatever software answers.
package struct AlteredSession: ServerSession {
  package enum Alteration: Sendable, Equatable {
    /// After so many questions for scripts, the answers to further ones come so much later.
    case slowsScripts(after: Int, seconds: Double)
    /// After so many questions, the answers to all further ones come so much later.
    case slowsEverything(after: Int, seconds: Double)
    /// A proxy writes every reply anew, its keys sorted, and answers what is no request itself.
    case reserialises
    /// The text of every error is this one.
    case errorText(String)
  }

  private var honest: any ServerSession
  private let alteration: Alteration
  /// Questions so far that count.
  private var counted = 0

  package var lineEnd: [UInt8] { honest.lineEnd }
  package var padding: PaddedSendBuffer.Rule? { honest.padding }

  package init(_ alteration: Alteration, over honest: any ServerSession) {
    self.alteration = alteration
    self.honest = honest
  }

  package mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    let request = AbuseSession.Request(line)
    if alteration == .reserialises, request.method.isEmpty { return [.send(Self.noRequest)] }
    let effects = honest.receive(line, at: time)
    switch alteration {
    case .errorText(let text):
      return effects.map { effect in Self.changed(effect) { Self.with(text, in: $0) } }
    case .reserialises: return effects.map { Self.changed($0, Self.sorted) }
    case .slowsScripts(let count, let seconds):
      let method = request.method
      let counts = method.contains(".scripthash.") || method.contains(".scriptpubkey.")
      return slowed(effects, counts: counts, after: count, by: seconds)
    case .slowsEverything(let count, let seconds):
      return slowed(effects, counts: true, after: count, by: seconds)
    }
  }

  private mutating func slowed(
    _ effects: [SessionEffect], counts: Bool, after count: Int, by seconds: Double
  ) -> [SessionEffect] {
    guard counts else { return effects }
    counted += 1
    return counted > count ? effects.map { Self.later($0, by: seconds) } : effects
  }

  package mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] {
    honest.update(server, at: time)
  }

  private static func later(_ effect: SessionEffect, by seconds: Double) -> SessionEffect {
    switch effect {
    case .send(let line): .sendLater(line, seconds: seconds)
    case .sendLater(let line, let own): .sendLater(line, seconds: own + seconds)
    case .pause, .close, .abort: effect
    }
  }

  private static func changed(
    _ effect: SessionEffect, _ change: ([UInt8]) -> [UInt8]
  ) -> SessionEffect {
    switch effect {
    case .send(let line): .send(change(line))
    case .sendLater(let line, let seconds): .sendLater(change(line), seconds: seconds)
    case .pause, .close, .abort: effect
    }
  }

  /// What the proxy says to what it does not hand on.
  private static let noRequest = Array(
    #"{"error":{"code":-32700,"message":"Parse error"},"id":null,"jsonrpc":"2.0"}"#.utf8)

  private static func sorted(_ line: [UInt8]) -> [UInt8] {
    guard let reply = try? WireDocument(parsing: line).value else { return line }
    return sorted(reply).encoded(.compact)
  }

  private static func sorted(_ value: WireValue) -> WireValue {
    switch value {
    case .object(let members):
      .object(
        members.sorted { $0.key < $1.key }.map { WireMember($0.key, sorted($0.value)) })
    case .array(let elements): .array(elements.map { sorted($0) })
    case .null, .bool, .number, .string: value
    }
  }

  /// The reply in its own style, if it is an error.
  private static func with(_ text: String, in line: [UInt8]) -> [UInt8] {
    guard let reply = try? WireDocument(parsing: line).value, case .object(var members) = reply,
      let place = members.firstIndex(where: { $0.key == "error" })
    else { return line }
    switch members[place].value {
    case .object(var error):
      guard let message = error.firstIndex(where: { $0.key == "message" }) else { return line }
      error[message].value = .string(text)
      members[place].value = .object(error)
    case .string: members[place].value = .string(text)
    case .null, .bool, .number, .array: return line
    }
    return WireValue.object(members).encoded(WireStyle(spaced: line.contains(0x20)))
  }
}
