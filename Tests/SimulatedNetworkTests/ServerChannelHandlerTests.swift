import NIOCore
import NIOEmbedded
import SimulatedServers
import Testing

@testable import SimulatedNetwork

/// What the handler does with a session's wishes, on a loop whose time the test moves.
struct ServerChannelHandlerTests {
  /// Does what the line says: `send x`, `later 5 x`, `pause 2`, `big 1000`, `close`, `abort`.
  private struct ObedientSession: ServerSession {
    mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
      String(decoding: line.dropLast(), as: UTF8.self).split(separator: ";").compactMap { order in
        let words = order.split(separator: " ")
        return switch words[0] {
        case "send": .send(Array(words[1].utf8))
        case "later": .sendLater(Array(words[2].utf8), seconds: Double(words[1]) ?? 0)
        case "pause": .pause(seconds: Double(words[1]) ?? 0)
        case "big": .send([UInt8](repeating: 97, count: Int(words[1]) ?? 0))
        case "time": .send(Array("\(Int(time.rounded()))".utf8))
        case "close": .close
        case "abort": .abort
        default: nil
        }
      }
    }

    var opening: [SessionEffect] = []
    func open() -> [SessionEffect] { opening }

    mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] {
      [.send(Array("news".utf8))]
    }
  }

  private func channel(_ limits: ConnectionLimits = ConnectionLimits()) throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(
      ServerChannelHandler(session: ObedientSession(), limits: limits, log: nil))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  private func output(_ channel: EmbeddedChannel) throws -> String {
    var text = ""
    while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
      text += String(buffer: buffer)
    }
    return text
  }

  private func say(_ text: String, to channel: EmbeddedChannel) throws {
    try channel.writeInbound(ByteBuffer(string: text))
  }

  @Test func `a server that has too many connections closes at once`() throws {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(
      ServerChannelHandler(
        session: ObedientSession(opening: [.close]), limits: ConnectionLimits(), log: nil))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    #expect(try output(channel) == "")
    #expect(!channel.isActive)
  }

  @Test func `what is sent later is overtaken`() throws {
    let channel = try channel()
    try say("later 5 slow;send fast\nsend next\n", to: channel)
    #expect(try output(channel) == "fast\nnext\n")
    channel.embeddedEventLoop.advanceTime(by: .seconds(4))
    #expect(try output(channel) == "")
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(try output(channel) == "slow\n")
  }

  @Test func `a pause holds up effects lines and late messages`() throws {
    let channel = try channel()
    try say("later 1 late;send a;pause 2;send b\nsend c\n", to: channel)
    #expect(try output(channel) == "a\n")
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(1_500))
    #expect(try output(channel) == "")
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(500))
    #expect(try output(channel) == "b\nlate\nc\n")
  }

  @Test func `time is seconds since the connection opened`() throws {
    let channel = try channel()
    channel.embeddedEventLoop.advanceTime(by: .seconds(7))
    try say("time\n", to: channel)
    #expect(try output(channel) == "7\n")
  }

  @Test func `an orderly end sends what came before`() throws {
    let closing = try channel()
    try say("send a;close;send b\nsend c\n", to: closing)
    #expect(try output(closing) == "a\n")
    #expect(!closing.isActive)
    let aborting = try channel()
    try say("abort;send b\n", to: aborting)
    #expect(try output(aborting) == "")
    #expect(!aborting.isActive)
  }

  @Test func `news reach open connections`() throws {
    let channel = try channel()
    let plan = try NetworkPlan(try DemoScenario.parsed())
    let profile = try #require(plan.states(at: 0).first).profile
    channel.pipeline.fireUserInboundEventTriggered(ProfileUpdate(profile: profile))
    #expect(try output(channel) == "news\n")
  }

  @Test func `who asks nothing for long is let go`() throws {
    var limits = ConnectionLimits()
    limits.idle = .seconds(8)
    let channel = try channel(limits)
    channel.embeddedEventLoop.advanceTime(by: .seconds(6))
    try say("send a\n", to: channel)
    channel.embeddedEventLoop.advanceTime(by: .seconds(6))
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(6))
    #expect(!channel.isActive)
  }
}
