import Digests
internal import ElectrumProtocol
import Ordering
internal import SimulatedChain

/// A transaction as Bitcoin nodes spell it out.
enum VerboseTransaction {
  enum Style: Sendable {
    /// Keys and numbers as the node sends them; ElectrumX passes them on.
    case node
    /// Sorted keys; whole amounts without a fraction (Fulcrum).
    case sorted
    /// Sorted keys; amounts as the node sends them (electrs).
    case sortedFractions
  }

  static func value(
    _ transaction: SimulatedTransaction, _ view: ChainView, style: Style
  ) -> WireValue {
    let network = BitcoinNetwork(genesisHash: view.genesisHash) ?? .mainnet
    let inputs = transaction.fields?.inputs ?? []
    let isCoinbase = transaction.fields?.isCoinbase ?? false
    var members = [
      WireMember("txid", .string(transaction.text)),
      WireMember("hash", .string(transaction.witnessText)),
      WireMember("version", .integer(transaction.fields?.version ?? 2)),
      WireMember("size", .integer(transaction.bytes.count)),
      WireMember("vsize", .integer(transaction.virtualSize)),
      WireMember("weight", .integer(transaction.weight)),
      WireMember("locktime", .integer(transaction.fields?.lockTime ?? 0)),
      WireMember(
        "vin", .array(inputs.map { input($0, isCoinbase: isCoinbase) })),
      WireMember(
        "vout",
        .array(
          transaction.outputs.enumerated().map {
            output($1, index: $0, network: network, style: style)
          })),
      WireMember("hex", .string(Hex.text(transaction.bytes))),
    ]
    if let place = view.location(transaction.text), let header = view.header(place.height) {
      members += [
        WireMember("blockhash", .string(header.hashText)),
        WireMember("confirmations", .integer(view.tip - place.height + 1)),
        WireMember("time", .integer(header.time)), WireMember("blocktime", .integer(header.time)),
      ]
    }
    let value = WireValue.object(members)
    return style == .node ? value : sorted(value)
  }

  private static func input(
    _ input: SimulatedTransaction.Input, isCoinbase: Bool
  ) -> WireValue {
    var members: [WireMember]
    let script = Hex.text(input.scriptSig)
    if isCoinbase {
      members = [WireMember("coinbase", .string(script))]
    } else {
      members = [
        WireMember("txid", .string(Hex.text(input.outpoint.transaction.reversed()))),
        WireMember("vout", .integer(input.outpoint.index)),
        WireMember(
          "scriptSig",
          .object([WireMember("asm", .string(script)), WireMember("hex", .string(script))])),
      ]
    }
    if !input.witness.isEmpty {
      members.append(
        WireMember("txinwitness", .array(input.witness.map { .string(Hex.text($0)) })))
    }
    members.append(WireMember("sequence", .integer(input.sequence)))
    return .object(members)
  }

  private static func output(
    _ output: SimulatedTransaction.Output, index: Int, network: BitcoinNetwork, style: Style
  ) -> WireValue {
    let script = Hex.text(output.scriptPubKey)
    let address = BitcoinAddress(scriptPubKey: output.scriptPubKey, network: network)
    var members = [
      WireMember("asm", .string(script)), WireMember("desc", .string("raw(\(script))")),
      WireMember("hex", .string(script)),
    ]
    if let address { members.append(WireMember("address", .string(address.description))) }
    members.append(WireMember("type", .string(kind(address, output.scriptPubKey))))
    return .object([
      WireMember("value", .number(amount(output.value, style: style))),
      WireMember("n", .integer(index)), WireMember("scriptPubKey", .object(members)),
    ])
  }

  private static func kind(_ address: BitcoinAddress?, _ script: [UInt8]) -> String {
    switch address?.kind {
    case .p2pkh: "pubkeyhash"
    case .p2sh: "scripthash"
    case .p2wpkh: "witness_v0_keyhash"
    case .p2wsh: "witness_v0_scripthash"
    case .p2tr: "witness_v1_taproot"
    case nil: script.first == 0x6A ? "nulldata" : "nonstandard"
    }
  }

  /// Bitcoins: `10.0` of Python, `10` of Fulcrum.
  private static func amount(_ satoshis: Int64, style: Style) -> String {
    let text = (Double(satoshis) / 1e8).description
    return style == .sorted && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func sorted(_ value: WireValue) -> WireValue {
    switch value {
    case .object(let members):
      .object(
        members.map { WireMember($0.key, sorted($0.value)) }.sorted {
          $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        })
    case .array(let elements): .array(elements.map(sorted))
    default: value
    }
  }
}
