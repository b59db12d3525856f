import Digests
import ElectrumProtocol
import ServerTexts

extension PeerTuples.Mention {
  /// The same without credentials: `[redacted n bytes]` stands for them, and the digest is that of the
  /// exact tuple.
  var withoutCredentials: Self {
    let address = Credentials.redacted(place: address)
    let host = Credentials.redacted(place: host)
    let features = features.map { Credentials.redacted(place: $0) }
    guard address != nil || host != nil || features.contains(where: { $0 != nil }) else {
      return self
    }
    return Self(
      address: address ?? self.address, host: host ?? self.host,
      features: zip(features, self.features).map { $0 ?? $1 }, exactSHA256: digest, kind: kind,
      source: source, count: count, heardAt: heardAt)
  }

  private var digest: String {
    SHA256.hex(
      ([address, host] + features).flatMap { text in
        Array("\(text.utf8.count):".utf8) + Array(text.utf8)
      })
  }
}

extension WireValue {
  /// Whether an `@` stands in any text of a peer, so that it may hold credentials.
  var mayHoldCredentials: Bool {
    switch self {
    case .string(let text): text.utf8.contains(UInt8(ascii: "@"))
    case .array(let elements): elements.contains { $0.mayHoldCredentials }
    case .object(let members):
      members.contains {
        $0.key.utf8.contains(UInt8(ascii: "@")) || $0.value.mayHoldCredentials
      }
    case .null, .bool, .number: false
    }
  }
}
