internal import ElectrumProtocol

/// Every probe there is, by family. Ids are permanent: what is asked under an id never changes.
public enum ProbeCatalog {
  /// All probes, those of the client's name for `clientName`.
  public static func all(
    clientName: String, sized: [SizedTestScript] = SizedTestScript.published
  ) -> [Probe] {
    identify(clientName: clientName) + negotiation(clientName: clientName).map(\.1) + chain
      + backend + scripts(sized: sized) + wallet + malformed + removed + limits + junk + broadcast
      + [
        secondVersion(clientName: clientName),
        opening("server.version.further", clientName: clientName),
        opening("server.version.odd", clientName: clientName),
      ]
  }

  /// The first asks who the server is.
  public static func identify(clientName: String) -> [Probe] {
    [
      version(
        "server.version", clientName, .array([.string("1.4"), .string("1.7")]),
        "software and protocol, with the whole range that we speak"),
      plain("server.ping", .anything, "the shortest round trip of the connection"),
      ping(2), ping(3),
      plain("server.features", .object, "genesis, protocol range, hosts, pruning"),
      plain("server.banner", .text, "what its operator tells everybody"),
      plain(
        "server.donation_address", .textOrNull, "an address that operators share between servers"),
      plain("server.peers.subscribe", .list, "whom it knows"),
    ]
  }

  /// One connection each: a version is negotiated once.
  static func negotiation(clientName: String) -> [(session: String, Probe)] {
    let ranges: [(String, WireValue)] = [
      ("1.4-1.4.3", .array([.string("1.4"), .string("1.4.3")])),
      ("1.4-1.6", .array([.string("1.4"), .string("1.6")])),
      ("1.4-99", .array([.string("1.4"), .string("99")])),
      ("1.4", .string("1.4")),
    ]
    return ranges.map { name, range in
      (
        "negotiate.\(name)",
        version("server.version.\(name)", clientName, range, "what it makes of the range \(name)")
      )
    }
  }

  /// Opens a further connection of the same scan.
  static func opening(_ id: String, clientName: String) -> Probe {
    version(
      id, clientName, .array([.string("1.4"), .string("1.7")]),
      "who answers a further connection")
  }

  private static func version(
    _ id: String, _ clientName: String, _ range: WireValue, _ purpose: String
  ) -> Probe {
    Probe(
      id, .identify, .method("server.version", [.string(clientName), range]), .identification,
      cost: CostModel.request(work: CostModel.work(of: "server.version")), purpose)
  }

  private static func ping(_ number: Int) -> Probe {
    Probe(
      "server.ping.\(number)", .identify, .method("server.ping", []), .anything,
      cost: CostModel.request(work: CostModel.work(of: "server.ping")),
      "the same again: the smallest of three counts")
  }

  /// A method without parameters, under its own name.
  private static func plain(
    _ method: String, _ expectation: Probe.Expectation, _ purpose: String
  ) -> Probe {
    Probe(
      method, .identify, .method(method, []), expectation,
      cost: CostModel.request(work: CostModel.work(of: method), bytes: 2_000), purpose)
  }

  /// A second identification; refused by all that are known.
  static func secondVersion(clientName: String) -> Probe {
    Probe(
      "server.version.second", .malformed,
      .method("server.version", [.string(clientName), .string("1.4")]), .anything,
      cost: CostModel.request(work: CostModel.errorReply),
      "whether a second identification is refused, and how")
  }

  static let chain: [Probe] = [
    asked("blockchain.headers.subscribe", "blockchain.headers.subscribe", [], .object, "its tip"),
    asked("block.header.0", "blockchain.block.header", [.integer(0)], .text, "the genesis header"),
    derived("block.header.tip-6", .headerBelowTip(6), .text, "a buried header, to compare"),
    derived(
      "block.header.proof", .headerProof(height: 0, checkpointBelowTip: 6), .object,
      "a header with its merkle proof to a checkpoint"),
    asked(
      "block.headers.0", "blockchain.block.headers", [.integer(0), .integer(3)], .object,
      "the first headers in one, and their form"),
    derived(
      "block.header.above-tip", .headerAboveTip, .anything,
      work: CostModel.errorReply, "how a height out of range is refused"),
    asked(
      "transaction.id_from_pos.0-0", "blockchain.transaction.id_from_pos",
      [.integer(0), .integer(0)], .text, work: CostModel.errorReply,
      "whether the genesis coinbase is indexed: Fulcrum does, ElectrumX does not"),
    derived(
      "transaction.get_merkle.first", .merkleOfFirst(history: "history.p2wpkh"), .object,
      "proof of a transaction that it lists"),
    derived(
      "transaction.get.first", .transactionOfFirst(history: "history.p2wpkh"), .text,
      "the bytes of a transaction that it lists"),
  ]

  static let backend: [Probe] =
    [2, 6, 25, 144].map { blocks in
      asked(
        "estimatefee.\(blocks)", "blockchain.estimatefee", [.integer(blocks)], .number,
        "its node's estimate for \(blocks) blocks")
    } + [
      asked(
        "relayfee", "blockchain.relayfee", [], .number, span: ProtocolSpan(before: "1.6"),
        "its node's relay fee"),
      asked(
        "mempool.get_info", "mempool.get_info", [], .object, span: ProtocolSpan(since: "1.6"),
        "its node's relay fees, since protocol 1.6"),
      asked(
        "mempool.get_fee_histogram", "mempool.get_fee_histogram", [], .list,
        "its node's mempool by fee rate"),
    ]

  static func asked(
    _ id: String, _ method: String, _ params: [WireValue], _ expectation: Probe.Expectation,
    family: ProbeFamily? = nil, work: Double? = nil, span: ProtocolSpan = .all, _ purpose: String
  ) -> Probe {
    let isBackend = ["estimatefee", "relayfee", "mempool"].contains { id.hasPrefix($0) }
    return Probe(
      id, family ?? (isBackend ? .backend : .chain), .method(method, params), expectation,
      cost: CostModel.request(work: work ?? CostModel.work(of: method)), protocols: span, purpose)
  }

  private static func derived(
    _ id: String, _ derivation: Probe.Derivation, _ expectation: Probe.Expectation,
    work: Double = 1.25, _ purpose: String
  ) -> Probe {
    Probe(
      id, .chain, .derived(derivation), expectation, cost: CostModel.request(work: work), purpose)
  }
}

extension ProbeCatalog {
  static func light(clientName: String) -> [Probe] {
    let cheap = chain.filter { !isCostly($0) }
    return identify(clientName: clientName) + cheap.filter { !isDerived($0) } + backend
      + commonScripts + cheap.filter(isDerived)
  }

  /// What a full plan asks on the main connection besides.
  static func beyondLight(sized: [SizedTestScript]) -> [Probe] {
    let common = Set(commonScripts.map(\.id))
    return scripts(sized: sized).filter { !common.contains($0.id) }
      + wallet.filter { !isCostly($0) }
  }

  /// Odd questions that cost little: asked in every full scan.
  static var harmlessOdd: [Probe] {
    malformed.filter { !isCostly($0) && $0.isOdd } + limits
  }

  /// Probes that an error answers.
  static func costly(clientName: String) -> [Probe] {
    (chain + wallet + malformed + removed).filter { isCostly($0) && $0.family != .junk }
      + [secondVersion(clientName: clientName)]
  }

  /// Of the families that are asked only where somebody says so.
  static func optional(_ families: Set<ProbeFamily>) -> [Probe] {
    (malformed + junk + broadcast).filter { !$0.family.isDefault && families.contains($0.family) }
  }

  private static func isCostly(_ probe: Probe) -> Bool {
    probe.cost >= CostModel.errorReply
  }

  private static func isDerived(_ probe: Probe) -> Bool {
    if case .derived = probe.question { true } else { false }
  }
}
