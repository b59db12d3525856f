import ElectrumProtocol
import TestSupport
import Testing

/// A seeded generator, so that a failure can be repeated (splitmix64, Steele et al. 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

struct HostileBytesTests {
  /// Bytes that make JSON come apart in interesting places.
  private let seasoning =
    Array(#"{}[]",:\ue0129-+.tfnNI "#.utf8) + [0, 0xFF, 0xC3, 0xED, 0xA0, 0x0D]

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `any bytes are read or refused and never trap`(seed: UInt64) {
    var random = SplitMix(state: seed)
    for _ in 0..<Soak.size(1000, of: 4000) {
      let length = Int.random(in: 0...80, using: &random)
      let bytes = (0..<length).map { _ in
        Bool.random(using: &random)
          ? seasoning[Int.random(in: 0..<seasoning.count, using: &random)]
          : UInt8.random(in: 0...255, using: &random)
      }
      read(bytes)
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a damaged reply is read or refused and never traps`(seed: UInt64) {
    let replies = [
      #"{"jsonrpc":"2.0","result":[["1.2.3.4","a.example",["v1.4","s50002","t"]]],"id":1   }"#,
      #"{"error":{"code":-32601,"message":"Unsupported request: \u00e9"},"id":1,"jsonrpc":"2.0"}"#,
      #"[{"id":1,"jsonrpc":"2.0","result":1e-06}, {"id":2,"error":"missing hash"}]"#,
    ].map { Array($0.utf8) }
    var random = SplitMix(state: seed)
    for _ in 0..<Soak.size(1000, of: 4000) {
      var bytes = replies[Int.random(in: 0..<replies.count, using: &random)]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = seasoning[Int.random(in: 0..<seasoning.count, using: &random)]
        case 1: bytes.remove(at: index)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
        }
      }
      read(bytes)
    }
  }

  private func read(_ bytes: [UInt8]) {
    do throws(WireDefect) {
      let document = try WireDocument(parsing: bytes)
      let message = ElectrumMessage(document.value)
      for reply in message.replies {
        _ = reply.error?.meaning
        _ = reply.result.map { PeerTuple.list($0) }
      }
      _ = try? PeerTuple(document.value)
      let again = try? WireDocument(parsing: document.value.encoded())
      #expect(again?.value == document.value)
    } catch {
      #expect((0...bytes.count).contains(error.offset))
    }
    let text = String(decoding: bytes, as: UTF8.self)
    _ = BitcoinAddress(text)
    _ = ProtocolVersion(text)
    _ = ServerSoftware(text)
    _ = Scripthash(text)
  }

  @Test func `time grows with the line not with its square`() throws {
    // Would not end if each quote or comma cost a pass over the line.
    let many = "[" + String(repeating: "\"\\u0041\",", count: 300_000) + "1]"
    let document = try WireDocument(parsing: Array(many.utf8))
    #expect(document.value.elements?.count == 300_001)
  }
}
