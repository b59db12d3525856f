/// A name of a certificate in the form of RFC 4514, taken apart.
struct DistinguishedName {
  struct Attribute: Equatable {
    let type: String
    /// With its escapes.
    let value: String
    /// Whether it is of one set with the attribute before.
    let isJoined: Bool
  }

  let attributes: [Attribute]

  init(_ text: String) {
    var attributes: [Attribute] = []
    var (piece, isJoined, isEscaped) = ([UInt8](), false, false)
    func take() {
      if piece.isEmpty { return }
      let parts = piece.split(separator: UInt8(ascii: "="), maxSplits: 1)
      let texts = parts.map { String(decoding: $0, as: UTF8.self) }
      attributes.append(
        Attribute(
          type: texts.first ?? "", value: texts.count > 1 ? texts[1] : "", isJoined: isJoined))
    }
    for byte in text.utf8 {
      let isEnd = !isEscaped && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: "+"))
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      if isEnd {
        take()
        (piece, isJoined) = ([], byte == UInt8(ascii: "+"))
      } else {
        piece.append(byte)
      }
    }
    take()
    self.attributes = attributes
  }

  /// The first value of a type, without escapes of single characters.
  subscript(type: String) -> String? {
    attributes.first { $0.type == type }?.value.replacing(/\\([^0-9A-Fa-f])/) { $0.output.1 }
  }
}
