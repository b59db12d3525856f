import Statistics
import Testing

@testable import SimulatedNetwork

struct SOCKSConversationTests {
  private static let hello: [UInt8] = [5, 1, 0]

  private func request(_ type: UInt8, _ address: [UInt8], port: Int = 50001) -> [UInt8] {
    [5, 1, 0, type] + address + [UInt8(port >> 8), UInt8(port & 255)]
  }

  private func target(_ bytes: [UInt8]) -> SOCKSTarget? {
    var conversation = SOCKSConversation()
    for action in conversation.receive(bytes) {
      if case .connect(let target) = action { return target }
    }
    return nil
  }

  @Test func `names and literals are read in one form`() {
    let name = Array("A.Example.".utf8)
    #expect(
      target(Self.hello + request(3, [UInt8(name.count)] + name))
        == SOCKSTarget(host: "a.example", port: 50001, user: ""))
    #expect(target(Self.hello + request(1, [127, 2, 3, 4]))?.host == "127.2.3.4")
    let six: [UInt8] = [0x20, 1, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [7]
    #expect(target(Self.hello + request(4, six))?.host == "2001:db8::7")
    let literal = Array("2001:DB8:0::7".utf8)
    #expect(
      target(Self.hello + request(3, [UInt8(literal.count)] + literal))?.host == "2001:db8::7")
  }

  @Test func `byte by byte is the same as at once`() {
    let name = Array("x.onion".utf8)
    let bytes = [5, 2, 0, 2, 1, 3] + Array("tor".utf8) + [1, 9] + request(3, [7] + name) + [1, 2]
    var conversation = SOCKSConversation()
    var actions: [SOCKSConversation.Action] = []
    for byte in bytes { actions += conversation.receive([byte]) }
    #expect(
      actions == [
        .send([5, 2]), .send([1, 0]),
        .connect(SOCKSTarget(host: "x.onion", port: 50001, user: "tor")),
      ])
    #expect(conversation.rest == [1, 2])
  }

  @Test(
    arguments: [
      ([4, 1, 0], []), ([71, 69, 84], []), ([5, 1, 1], [5, 255]), ([5, 1, 2, 7], [1, 1]),
      ([5, 1, 0, 5, 2, 0, 1, 127, 0, 0, 1, 0, 80], [5, 7, 0, 1, 0, 0, 0, 0, 0, 0]),
      ([5, 1, 0, 5, 1, 0, 9, 127, 0, 0, 1, 0, 80], [5, 8, 0, 1, 0, 0, 0, 0, 0, 0]),
      ([5, 1, 0, 5, 1, 0, 3, 0, 0, 80], [5, 1, 0, 1, 0, 0, 0, 0, 0, 0]),
    ] as [([UInt8], [UInt8])]) func `what is not offered is refused`(
      bytes: [UInt8], answer: [UInt8]
    )
  {
    var conversation = SOCKSConversation()
    let actions = conversation.receive(bytes)
    #expect(actions.last == .close)
    if !answer.isEmpty { #expect(actions.dropLast().last == .send(answer)) }
  }

  @Test func `no bytes trap and little is held`() {
    var random = Xoshiro256StarStar(seed: 5)
    for round in 0..<4_000 {
      var conversation = SOCKSConversation()
      var isEnded = false
      // Half of them begin as a client would, so that the later phases are reached.
      if round % 2 == 0 { _ = conversation.receive(round % 4 == 0 ? Self.hello : [5, 1, 2]) }
      for _ in 0..<20 where !isEnded {
        let count = random.nextIndex(below: 40)
        let bytes = (0..<count).map { _ in
          random.nextUnit() < 0.4
            ? UInt8(random.nextIndex(below: 6)) : UInt8(truncatingIfNeeded: random.next())
        }
        isEnded = conversation.receive(bytes).contains { action in
          if case .send = action { false } else { true }
        }
      }
    }
  }
}
