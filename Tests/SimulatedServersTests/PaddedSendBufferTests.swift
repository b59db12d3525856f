import Testing

@testable import SimulatedServers

struct PaddedSendBufferTests {
  private func message(_ count: Int) -> [UInt8] {
    Array("{\"x\":\"".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: count - 9)
      + Array("\"}\n".utf8)
  }

  @Test(arguments: [
    (1, 1024), (1023, 1024), (1024, 2048), (2047, 2048), (2048, 4096), (300_000, 524_288),
  ]) func `packets are the power of two above their payload`(payload: Int, size: Int) {
    #expect(PaddedSendBuffer.size(for: payload) == size)
  }

  @Test func `spaces stand before the last bracket`() {
    var buffer = PaddedSendBuffer(rule: .release119, now: 0)
    buffer.append(message(44))
    let packets = buffer.packets(now: 0)
    #expect(packets.count == 1)
    #expect(packets[0].count == 1024)
    #expect(packets[0].suffix(3) == Array(" }\n".utf8))
    #expect(buffer.deadline == nil)
  }

  @Test func `release118 delays every reply and loses what waits at a close`() {
    var buffer = PaddedSendBuffer(rule: .release118, now: 0)
    buffer.append(message(60))
    #expect(buffer.packets(now: 0.01).isEmpty)
    #expect(buffer.deadline == 1)
    #expect(buffer.packets(now: 1).count == 1)
    buffer.append(message(60))
    #expect(buffer.close().isEmpty)
  }

  /// Recorded: of forty pings one after the other, the first 25 are answered at once.
  @Test func `release119 warms up for a thousand bytes`() {
    var buffer = PaddedSendBuffer(rule: .release119, now: 0)
    buffer.append(message(65))
    #expect(buffer.packets(now: 0).count == 1)
    var prompt = 0
    for ping in 1...40 {
      buffer.append(message(ping < 10 ? 39 : 40))
      guard !buffer.packets(now: 0).isEmpty else { break }
      prompt += 1
    }
    #expect(prompt == 25)
    #expect(buffer.close().count == 1)
  }

  @Test func `a large payload is cut where less is wasted`() {
    var buffer = PaddedSendBuffer(rule: .release119, now: 0)
    for _ in 0..<3 { buffer.append(message(700)) }
    // 2,100 bytes would take 4,096; two messages fit 2,048, and the third leaves in 1,024.
    #expect(buffer.packets(now: 2).map(\.count) == [2048])
    #expect(buffer.packets(now: 3).map(\.count) == [1024])
  }
}
