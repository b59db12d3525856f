internal import ElectrumProtocol

extension ProbeCatalog {
  /// Requests against the rules that are still JSON. Each error costs a hundredth of the default hard
  /// limit, so that a scan asks a part of them and the next scan another (`ProbePlan.rotated`).
  static let malformed: [Probe] = calls + identifiers + objects + batches

  private static let calls: [Probe] = [
    refused(
      "unknown-method", .method("server.no_such_method", []), "how an unknown method is refused"),
    refused(
      "wrong-type", .method("blockchain.block.header", [.string("0")]), "a text for a number"),
    refused("too-few", .method("blockchain.block.header", []), "a parameter too few"),
    refused(
      "too-many",
      .method("blockchain.headers.subscribe", [.integer(0), .integer(0)]), "parameters too many"),
    refused(
      "bad-scripthash", .method("blockchain.scripthash.get_balance", [.string("zz")]),
      protocols: ProtocolSpan(before: "1.7"), "a scripthash that is none"),
    odd(
      "named",
      #"{"jsonrpc":"2.0","id":ID,"method":"blockchain.block.header","params":{"height":0}}"#,
      work: 1, "parameters by name"),
    odd(
      "params-null", #"{"jsonrpc":"2.0","id":ID,"method":"server.ping","params":null}"#,
      "parameters that are null"),
  ]

  static let badScriptPubKey = refused(
    "bad-scriptpubkey", .method("blockchain.scriptpubkey.get_balance", [.string("zz")]),
    protocols: ProtocolSpan(since: "1.7"), "a script that is none")

  private static let identifiers: [Probe] = [
    odd(
      "id-null", #"{"jsonrpc":"2.0","id":null,"method":"server.ping","params":[]}"#, work: 0.1,
      "an id that is null: a notification for some"),
    odd(
      "id-float", #"{"jsonrpc":"2.0","id":1.5,"method":"server.ping","params":[]}"#, work: 0.1,
      "an id with a fraction"),
    odd(
      "id-list", #"{"jsonrpc":"2.0","id":[1],"method":"server.ping","params":[]}"#,
      "an id that is a list"),
    odd(
      "no-id", #"{"jsonrpc":"2.0","method":"server.ping","params":[]}"#, work: 0.1,
      "a notification"),
  ]

  private static let objects: [Probe] = [
    odd("no-method", #"{"jsonrpc":"2.0","id":ID,"params":[]}"#, "a request without a method"),
    odd(
      "extra-key", #"{"jsonrpc":"2.0","id":ID,"method":"server.ping","params":[],"extra":1}"#,
      work: 0.1, "a key that no request has"),
    odd("scalar", "5", work: CostModel.junk, "a number in place of a request"),
  ]

  private static let batches: [Probe] = [
    odd("batch-empty", "[]", work: CostModel.junk, "an empty batch"),
    Probe(
      "malformed.batch", .malformed, .batch(["server.ping", "server.no_such_method"]), .anything,
      cost: CostModel.request(work: CostModel.errorReply),
      "a batch of a good and an unknown method: the order and form of the replies"),
  ]

  /// Methods that left the protocol in 1.1 to 1.4.
  static let removed: [Probe] = [
    refused(
      "address.get_balance", family: .removed,
      .method("blockchain.address.get_balance", [.string("1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH")]),
      "left in 1.3; the text differs by implementation"),
    refused(
      "block.get_header", family: .removed,
      .method("blockchain.block.get_header", [.integer(0)]), "left in 1.4"),
    refused(
      "numblocks.subscribe", family: .removed, .method("blockchain.numblocks.subscribe", []),
      "left in 1.1"),
  ]

  static let limits: [Probe] = [
    Probe(
      "limits.batch-12", .limits, .batch([String](repeating: "server.ping", count: 12)), .anything,
      cost: CostModel.request(work: 1.2), "whether a batch of twelve is taken")
  ]

  /// Each costs more than a whole plan may: asked only where `families` names `junk`.
  static let junk: [Probe] = [
    raw("invalid-json", Array("{\"jsonrpc\":\"2.0\",\n".utf8), "text that is no JSON"),
    raw("not-utf8", [0xFF, 0xFE, 0x00, 0x0A], "bytes that are no UTF-8"),
    raw("http", Array("GET / HTTP/1.0\r\n\r\n".utf8), "an HTTP request on the Electrum port"),
    raw("blank-line", Array("\n".utf8), "an empty line"),
    raw(
      "long-line", [UInt8](repeating: UInt8(ascii: " "), count: 65_536) + [UInt8(ascii: "\n")],
      "a line of 64 kB, a sixteenth of the usual limit"),
  ]

  /// Malformed by construction: no transaction has fewer than ten bytes.
  static let broadcast: [Probe] = [
    Probe(
      "broadcast.malformed", .broadcast,
      .method("blockchain.transaction.broadcast", [.string("0100000000000000")]), .anything,
      cost: CostModel.request(work: CostModel.errorReply),
      "the error text for a transaction that is none, which servers have used to deceive people")
  ]

  private static func refused(
    _ name: String, family: ProbeFamily = .malformed, _ question: Probe.Question,
    protocols: ProtocolSpan = .all, _ purpose: String
  ) -> Probe {
    Probe(
      "\(family.rawValue).\(name)", family, question, .anything,
      cost: CostModel.request(work: CostModel.errorReply), protocols: protocols, purpose)
  }

  private static func odd(
    _ name: String, _ text: String, work: Double = CostModel.errorReply, _ purpose: String
  ) -> Probe {
    Probe(
      "malformed.\(name)", work >= CostModel.junk ? .junk : .malformed, .text(text), .anything,
      cost: CostModel.request(work: work), purpose)
  }

  private static func raw(_ name: String, _ bytes: [UInt8], _ purpose: String) -> Probe {
    Probe(
      "junk.\(name)", .junk, .bytes(bytes), .anything,
      cost: CostModel.request(work: CostModel.junk, bytes: bytes.count), purpose)
  }
}
