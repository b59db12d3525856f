internal import ElectrumProtocol
package import Statistics

/// Accepts, reads and never answers.
package struct SilentSession: ServerSession {
  package init() {}

  package mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    []
  }
}

/// Answers every line with bytes that are no JSON.
package struct GarbageSession: ServerSession {
  private var random: Xoshiro256StarStar

  package init(random: Xoshiro256StarStar) {
    self.random = random
  }

  package mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    let length = 16 + random.nextIndex(below: 48)
    let bytes = (0..<length).map { _ in
      let byte = UInt8(truncatingIfNeeded: random.next())
      return byte == UInt8(ascii: "\n") ? 0xFF : byte
    }
    return [.send([0xFE] + bytes)]
  }
}
