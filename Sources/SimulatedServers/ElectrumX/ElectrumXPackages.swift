import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// Packages of transactions and trial acceptance in ElectrumX.
enum ElectrumXPackages {
  static func broadcast(
    _ session: inout ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let value = arguments[0] ?? .null
    let texts: [String]
    let suffix: String
    if session.release.listsPackageIdentifiers {
      texts = try unchecked(value)
      let identifiers = texts.map { text in
        "'" + Hex.text(SHA256.doubleDigest(Hex.bytes(text) ?? []).reversed()) + "'"
      }
      suffix = " Package txids: [\(identifiers.joined(separator: ", "))]"
    } else {
      texts = try checked(value)
      suffix = ""
    }
    let reason = NodeAnswer.packageRejection(texts, chain: session.visit.chain)
    throw RPCError(1, "the tx package was rejected by network rules.\n\n\(reason).\(suffix)")
  }

  static func testAcceptance(
    _ session: inout ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let texts = try checked(arguments[0] ?? .null)
    let view = session.visit.chain
    if let undecodable = texts.first(where: { NodeAnswer.isUndecodable($0) }) {
      let reason = NodeAnswer.undecodable(undecodable)
      throw RPCError(2, "daemon error: DaemonError({'code': -22, 'message': '\(reason)'})")
    }
    return .array(
      texts.map { text in
        let verdict = view.verdict(on: Hex.bytes(text) ?? [])
        var members = [
          WireMember("txid", .string(verdict.transaction ?? "")),
          WireMember("wtxid", .string(verdict.witnessTransaction ?? "")),
          WireMember("allowed", .bool(verdict.rejection == nil)),
        ]
        if let reason = verdict.rejection {
          members.append(WireMember("reason", .string(reason)))
        }
        return .object(members)
      })
  }

  private static func checked(_ value: WireValue) throws(RPCError) -> [String] {
    guard let elements = value.elements else {
      throw RPCError(1, "\(PythonText.str(value)) should be a list")
    }
    var texts: [String] = []
    for element in elements {
      guard let text = element.text, Hex.bytes(text) != nil else {
        throw RPCError(1, "\(PythonText.str(element)) should be a hex string")
      }
      texts.append(text)
    }
    return texts
  }

  private static func unchecked(_ value: WireValue) throws(RPCError) -> [String] {
    let texts = (value.elements ?? []).compactMap(\.text)
    guard value.elements != nil, texts.count == value.elements?.count,
      texts.allSatisfy({ Hex.bytes($0) != nil })
    else {
      throw RPCError(
        1, "not a valid hex encoded transaction package: \(PythonText.str(value))")
    }
    return texts
  }
}
