package import ElectrumProtocol

/// A transaction of the simulated chain in Bitcoin's legacy serialisation. Its scripts are
/// plausible, its signatures are not: nothing verifies them.
package struct SimulatedTransaction: Sendable, Hashable {
  package struct Outpoint: Sendable, Hashable {
    /// In internal byte order.
    package var transaction: [UInt8]
    package var index: Int
  }

  package struct Output: Sendable, Hashable {
    /// Satoshis.
    package var value: Int64
    package var scriptPubKey: [UInt8]
  }

  package let inputs: [Outpoint]
  package let outputs: [Output]
  package let bytes: [UInt8]
  /// In internal byte order.
  package let identifier: [UInt8]

  /// As servers print it.
  package var text: String { Hex.text(identifier.reversed()) }

  /// `inputs` empty: a coinbase whose script states the height (BIP 34).
  package init(inputs: [Outpoint], height: Int, outputs: [Output]) {
    self.inputs = inputs
    self.outputs = outputs
    var bytes = Self.littleEndian(2, count: 4)
    if inputs.isEmpty {
      let script = Self.pushHeight(height) + [0x00] + Array("/regtest/".utf8)
      bytes += [1] + [UInt8](repeating: 0, count: 32) + [0xFF, 0xFF, 0xFF, 0xFF]
      bytes += [UInt8(script.count)] + script + [0xFF, 0xFF, 0xFF, 0xFF]
    } else {
      bytes.append(UInt8(inputs.count))
      for input in inputs {
        bytes += input.transaction + Self.littleEndian(input.index, count: 4)
        bytes += [0x01, 0x51, 0xFD, 0xFF, 0xFF, 0xFF]
      }
    }
    bytes.append(UInt8(outputs.count))
    for output in outputs {
      bytes += Self.littleEndian(Int(output.value), count: 8)
      bytes += [UInt8(output.scriptPubKey.count)] + output.scriptPubKey
    }
    bytes += [0, 0, 0, 0]
    self.bytes = bytes
    identifier = SHA256.doubleDigest(bytes)
  }

  private static func littleEndian(_ value: Int, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func pushHeight(_ height: Int) -> [UInt8] {
    var digits: [UInt8] = []
    var rest = height
    repeat {
      digits.append(UInt8(rest & 0xFF))
      rest >>= 8
    } while rest > 0
    if let last = digits.last, last >= 0x80 { digits.append(0) }
    return [UInt8(digits.count)] + digits
  }
}
