internal import ElectrumProtocol
internal import Statistics

/// Accepts, reads and never answers.
struct SilentSession: ServerSession {
  mutating func receive(_ line: ArraySlice<UInt8>) -> [SessionEffect] { [] }
}

/// Answers every line with bytes that are no JSON.
struct GarbageSession: ServerSession {
  var random: Xoshiro256StarStar

  mutating func receive(_ line: ArraySlice<UInt8>) -> [SessionEffect] {
    let length = 16 + random.nextIndex(below: 48)
    let bytes = (0..<length).map { _ in
      let byte = UInt8(truncatingIfNeeded: random.next())
      return byte == UInt8(ascii: "\n") ? 0xFF : byte
    }
    return [.send([0xFE] + bytes)]
  }
}
