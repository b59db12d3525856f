internal import ElectrumProtocol

/// Every probe there is, by family. Ids are permanent: what is asked under an id never changes.
public enum ProbeCatalog {
  /// All probes that plans of today ask, those of the client's name for `clientName`.
  public static func all(
    clientName: String, scripts: ProbedScripts = .published, seed: UInt64 = 0
  ) -> [Probe] {
    identify(clientName: clientName)
      + negotiation(clientName: clientName).flatMap(\.probes)
      + chain(scripts) + backend + self.scripts(scripts) + buried(scripts, seed: seed)
      + timing(scripts).all + wallet + malformed + removed + limits + junk + broadcast
      + later(clientName: clientName, scripts)
      + clientNames(clientName: clientName, scripts)
      + [
        secondVersion(clientName: clientName),
        opening("server.version.further.1.6", clientName: clientName),
        opening("server.version.odd.1.6", clientName: clientName),
      ]
  }

  /// The first asks who the server is.
  public static func identify(clientName: String) -> [Probe] {
    [
      version(
        "server.version.1.6", clientName, upTo16,
        "software and protocol, with a range that makes releases comparable"),
      plain("server.ping", .anything, "the shortest round trip of the connection"),
      ping(2),
      plain("server.features", .object, "genesis, protocol range, hosts, pruning"),
      plain("server.banner", .text, "what its operator tells everybody"),
      plain(
        "server.donation_address", .textOrNull, "an address that operators share between servers"),
      plain("server.peers.subscribe", .list, "whom it knows"),
    ]
  }

  /// The newest protocol that all sessions but one take: from 1.7 on methods are others, so that
  /// releases could not be compared.
  static let upTo16 = WireValue.array([.string("1.4"), .string("1.6")])
  static let upTo17 = WireValue.array([.string("1.4"), .string("1.7")])

  /// One connection each: a version is negotiated once.
  static func negotiation(clientName: String) -> [(session: String, probes: [Probe])] {
    let ranges: [(String, WireValue)] = [
      ("1.4-1.4.3", .array([.string("1.4"), .string("1.4.3")])),
      ("1.4-99", .array([.string("1.4"), .string("99")])), ("1.4", .string("1.4")),
    ]
    return ranges.map { name, range in
      let first = negotiating(name, clientName, range)
      // What it offers at its own maximum.
      let features = plain(
        "server.features", .object, "its features at the newest protocol that it speaks")
      let isWidest = name == "1.4-99"
      return (
        "negotiate.\(name)",
        [first]
          + (isWidest
            ? [features.asked(as: "server.features.\(name)", .identify, features.purpose)] : [])
      )
    }
  }

  static func negotiating(_ name: String, _ clientName: String, _ range: WireValue) -> Probe {
    version(
      "server.version.\(name)", clientName, range, "what it makes of the range \(name)")
  }

  /// Opens a further connection of the same scan.
  static func opening(
    _ id: String, clientName: String, family: ProbeFamily = .identify,
    isConditional: Bool = false, range: WireValue = upTo16
  ) -> Probe {
    version(id, clientName, range, "who answers a further connection")
      .asked(
        as: id, family, isConditional: isConditional, "who answers a further connection")
  }

  static func version(
    _ id: String, _ clientName: String, _ range: WireValue, _ purpose: String
  ) -> Probe {
    Probe(
      id, .identify, .method("server.version", [.string(clientName), range]), .identification,
      cost: CostModel.request(work: CostModel.work(of: "server.version")), purpose)
  }

  static func ping(_ number: Int) -> Probe {
    Probe(
      "server.ping.\(number)", .identify, .method("server.ping", []), .anything,
      cost: CostModel.request(work: CostModel.work(of: "server.ping")),
      "the same again: the smallest counts")
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

  static func chain(_ scripts: ProbedScripts) -> [Probe] {
    [
      asked("blockchain.headers.subscribe", "blockchain.headers.subscribe", [], .object, "its tip"),
      asked(
        "block.header.0", "blockchain.block.header", [.integer(0)], .text, "the genesis header"),
      derived(
        "block.header.hundred", .headerAtHundred(below: 0), .text,
        "the header at the last multiple of a hundred six blocks under its tip or more: it tells"
          + " every chain apart"),
      derived(
        "block.header.hundred-before", .headerAtHundred(below: 1), .text,
        "the header a hundred blocks below, where the first one is just passed by some"),
      derived(
        "block.header.proof", .headerProof(height: 0, checkpointBelowTip: 6), .object,
        "the genesis header with its merkle proof to a checkpoint, which commits to all below"),
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
    ] + proof(of: .init(.newest, of: scripts.newest.historyProbe), named: "newest", scripts.newest)
  }

  /// A buried transaction of each of the other two main scripts.
  static func buried(_ scripts: ProbedScripts, seed: UInt64) -> [Probe] {
    proof(of: .init(.oldest, of: scripts.oldest.historyProbe), named: "oldest", scripts.oldest)
      + proof(
        of: .init(.drawn(seed), of: scripts.drawn.historyProbe), named: "drawn", scripts.drawn)
  }

  /// Proof, bytes and header of a buried transaction.
  private static func proof(
    of wanted: Probe.BuriedTransaction, named name: String, _ script: TestScript
  ) -> [Probe] {
    let id = "\(name).\(script.name)"
    return [
      derived(
        "transaction.get_merkle.\(id)", .merkleOf(wanted), .object,
        "proof of a buried transaction that it lists, \(name)"),
      derived(
        "transaction.get.\(id)", .transactionOf(wanted), .text,
        "the bytes of a buried transaction that it lists, \(name)"),
      derived(
        "block.header.\(id)", .headerOf(wanted), .text,
        "the header that a proof must lead to, \(name)"),
    ]
  }

  /// Targets of fee estimates. Unit: blocks.
  static let targets = [2, 5, 10, 25, 144]

  static func estimate(_ blocks: Int) -> Probe {
    asked(
      "estimatefee.\(blocks)", "blockchain.estimatefee", [.integer(blocks)], .number,
      "its node's estimate for \(blocks) blocks")
  }

  static let backend: [Probe] =
    targets.map(estimate) + [
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

  static func derived(
    _ id: String, _ derivation: Probe.Derivation, _ expectation: Probe.Expectation,
    family: ProbeFamily = .chain, work: Double = 1.25, isConditional: Bool = false,
    _ purpose: String
  ) -> Probe {
    Probe(
      id, family, .derived(derivation), expectation, cost: CostModel.request(work: work),
      isConditional: isConditional, purpose)
  }
}

extension ProbeCatalog {
  static func light(clientName: String, _ scripts: ProbedScripts) -> [Probe] {
    let cheap = chain(scripts).filter { !isCostly($0) }
    return knownToAllFirst(
      identify(clientName: clientName) + cheap.filter { !isDerived($0) } + backend
        + common(scripts) + cheap.filter(isDerived))
  }

  /// What a full plan asks on another connection besides: questions for scripts, of which the first
  /// and the last are timed, then what a history names and what an error answers.
  static func beyondLight(
    _ scripts: ProbedScripts, seed: UInt64, costly: [Probe]
  ) -> [Probe] {
    let timed = timing(scripts)
    let between =
      inEachScan(scripts) + drawn(scripts, seed: seed) + wallet.filter { !isCostly($0) }
    // The last one comes sixty requests for scripts behind the first one of its kind.
    let gap = timingDistance - timed.first.count { $0.isOfScript }
    let rest: [Probe] = buried(scripts, seed: seed) + knownToAllFirst(costly + [unconfirmed])
    return timed.first + Array(between.prefix(gap)) + timed.last + Array(between.dropFirst(gap))
      + rest
  }

  /// Requests for scripts from a timed one to the same again.
  static let timingDistance = 60

  /// Odd questions that cost little: asked in every full scan.
  static var harmlessOdd: [Probe] {
    malformed.filter { !isCostly($0) && $0.isOdd } + limits
  }

  /// Probes that an error answers.
  static func costly(clientName: String, _ scripts: ProbedScripts) -> [Probe] {
    (chain(scripts) + wallet + malformed + removed)
      .filter { isCostly($0) && $0.family != .junk }
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

extension Probe {
  /// Whether a server looks a script up for it.
  var isOfScript: Bool { if case .script = question { true } else { false } }
}
