import Digests
internal import ElectrumProtocol

/// The standard forms of an output script.
package enum ScriptKind: String, Sendable, CaseIterable {
  case p2pkh, p2sh, p2wpkh, p2wsh, p2tr

  /// Nil for a script of another form.
  package init?(_ script: [UInt8]) {
    switch (script.count, script.first) {
    case (25, 0x76): self = .p2pkh
    case (23, 0xA9): self = .p2sh
    case (22, 0x00): self = .p2wpkh
    case (34, 0x00): self = .p2wsh
    case (34, 0x51): self = .p2tr
    default: return nil
    }
  }

  /// A script of this form whose key or script nobody has: its hash is of `name`.
  package func script(of name: String) -> [UInt8] {
    let digest = SHA256.digest(Array(name.utf8))
    let short = Array(digest[0..<20])
    return switch self {
    case .p2pkh: [0x76, 0xA9, 0x14] + short + [0x88, 0xAC]
    case .p2sh: [0xA9, 0x14] + short + [0x87]
    case .p2wpkh: [0x00, 0x14] + short
    case .p2wsh: [0x00, 0x20] + digest
    case .p2tr: [0x51, 0x20] + digest
    }
  }

  /// What spends such an output: of the right form and length, signed by nobody. A P2SH output is
  /// spent as a nested P2WPKH.
  ///
  /// - Parameter filler: 32 bytes that stand for signatures and keys.
  func unlocking(filler: [UInt8]) -> (scriptSig: [UInt8], witness: [[UInt8]]) {
    let signature = [0x30, 0x44, 0x02, 0x20] + filler + [0x02, 0x20] + filler + [0x01]
    let key = [0x02] + filler
    return switch self {
    case .p2pkh: ([71] + signature + [33] + key, [])
    case .p2sh: ([0x16, 0x00, 0x14] + filler[0..<20], [signature, key])
    case .p2wpkh: ([], [signature, key])
    case .p2wsh: ([], [signature, [33] + key + [0xAC]])
    case .p2tr: ([], [filler + filler])
    }
  }
}
