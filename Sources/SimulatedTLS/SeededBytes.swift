import Digests

/// A stream of bytes that a seed determines: SHA-256 of the seed and a counter, block after block.
/// For keys of simulated servers, whose secrets are no secrets.
struct SeededBytes {
  private let seed: [UInt8]
  private var counter: UInt32 = 0
  private var block: ArraySlice<UInt8> = []

  init(seed: [UInt8]) {
    self.seed = seed
  }

  mutating func next(_ count: Int) -> [UInt8] {
    var out: [UInt8] = []
    while out.count < count {
      if block.isEmpty {
        let input = seed + withUnsafeBytes(of: counter.bigEndian) { Array($0) }
        block = SHA256.digest(input)[...]
        counter &+= 1
      }
      let part = block.prefix(count - out.count)
      out += part
      block = block.dropFirst(part.count)
    }
    return out
  }
}
