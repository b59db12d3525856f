import NIOCore
import NIOEmbedded
import Statistics
import Testing

@testable import SimulatedNetwork

struct LinkTests {
  private func channel(_ conditions: LinkConditions) throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(
      LinkHandler(conditions: conditions, random: Xoshiro256StarStar(seed: 1)))
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

  @Test func `bytes arrive after the delay and the end after them`() throws {
    let channel = try channel(LinkConditions(delayMilliseconds: 40))
    channel.writeAndFlush(ByteBuffer(string: "a"), promise: nil)
    channel.close(promise: nil)
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(39))
    #expect(try output(channel) == "")
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(try output(channel) == "a")
    #expect(!channel.isActive)
  }

  @Test func `jitter never changes the order`() throws {
    let channel = try channel(LinkConditions(delayMilliseconds: 5, jitterMilliseconds: 80))
    let text = "abcdefghijklmnopqrstuvwxyz"
    for letter in text {
      channel.writeAndFlush(ByteBuffer(string: String(letter)), promise: nil)
      channel.embeddedEventLoop.advanceTime(by: .milliseconds(3))
    }
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(100))
    #expect(try output(channel) == text)
  }

  @Test func `without delay nothing waits`() throws {
    let channel = try channel(LinkConditions())
    channel.writeAndFlush(ByteBuffer(string: "a"), promise: nil)
    #expect(try output(channel) == "a")
  }

  @Test func `a reset forgets what is on its way`() throws {
    let channel = try channel(LinkConditions(delayMilliseconds: 40))
    channel.writeAndFlush(ByteBuffer(string: "a"), promise: nil)
    channel.triggerUserOutboundEvent(ConnectionReset(), promise: nil)
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(80))
    #expect(try output(channel) == "")
    #expect(!channel.isActive)
  }

  @Test func `as many connections are lost as the conditions say`() {
    var random = Xoshiro256StarStar(seed: 3)
    let conditions = LinkConditions(lossShare: 0.2)
    let draws = (0..<5_000).map { _ in LostConnection.draw(conditions, from: &random) }
    let lost = draws.count { $0 != nil }
    #expect((900...1_100).contains(lost))
    #expect(draws.contains(.reset) && draws.contains(.unanswered))
    #expect(LostConnection.draw(LinkConditions(), from: &random) == nil)
  }
}
