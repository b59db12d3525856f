import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// What all of the electrs family say of scripts, fees and headers.
enum ElectrsScripts {
  static let maximumHeaders = 2016
  /// Default of the forks' electrum-txs-limit.
  private static let defaultHistory = 500

  static func tip(_ view: ChainView) -> WireValue {
    .object([
      WireMember("height", .integer(view.tip)),
      WireMember("hex", .string(Hex.text(view.header(view.tip)?.bytes ?? []))),
    ])
  }

  static func headers(_ view: ChainView, from start: Int, count: Int) -> [WireMember] {
    let count = start > view.tip ? 0 : min(count, maximumHeaders, view.tip - start + 1)
    let headers = (0..<count).compactMap { view.header(start + $0) }
    return [
      WireMember("count", .integer(headers.count)),
      WireMember("hex", .string(Hex.text(headers.flatMap(\.bytes)))),
      WireMember("max", .integer(maximumHeaders)),
    ]
  }

  static func balance(_ view: ChainView, _ hash: Scripthash) -> WireValue {
    .object([
      WireMember("confirmed", .integer(view.balance(hash))),
      WireMember("unconfirmed", .integer(view.unconfirmedBalance(hash))),
    ])
  }

  static func history(_ session: ElectrsSession, _ hash: Scripthash) throws(RPCError) -> WireValue {
    let view = session.visit.chain
    try check(session, hash)
    let confirmed = view.history(hash).map { entry in
      WireValue.object([
        WireMember("height", .integer(entry.height)),
        WireMember("tx_hash", .string(entry.transaction)),
      ])
    }
    return .array(confirmed + mempool(view, hash))
  }

  static func mempool(_ view: ChainView, _ hash: Scripthash) -> [WireValue] {
    view.mempoolEntries(hash, .byHeightThenID).map { entry in
      .object([
        WireMember("fee", .integer(entry.fee)), WireMember("height", .integer(entry.height)),
        WireMember("tx_hash", .string(entry.transaction)),
      ])
    }
  }

  static func unspent(_ session: ElectrsSession, _ hash: Scripthash) throws(RPCError) -> WireValue {
    try check(session, hash)
    return .array(
      session.visit.chain.spendable(hash).map { coin in
        .object([
          WireMember("height", .integer(coin.height)),
          WireMember("tx_hash", .string(coin.transaction)),
          WireMember("tx_pos", .integer(coin.index)), WireMember("value", .integer(coin.value)),
        ])
      })
  }

  static func subscribe(
    _ session: inout ElectrsSession, _ hash: Scripthash
  ) throws(RPCError) -> WireValue {
    try check(session, hash)
    let status = status(session, hash)
    guard session.subscriptions.insert(hash, status: status) else {
      throw RPCError(1, "too many subscriptions")
    }
    return status.map { .string($0) } ?? .null
  }

  static func status(_ session: ElectrsSession, _ hash: Scripthash) -> String? {
    session.visit.chain.status(hash, mempool: .byHeightThenID)
  }

  static func fee(_ rate: FeeRate?) -> WireValue {
    .number(rate.map { RustText.number($0.bitcoinPerKilobyte) } ?? "-1")
  }

  /// The forks refuse scripts with more transactions than they care to list.
  private static func check(_ session: ElectrsSession, _ hash: Scripthash) throws(RPCError) {
    let isFork = session.variant != .romanz
    guard let limit = session.visit.limits.maximumHistory ?? (isFork ? defaultHistory : nil)
    else { return }
    let view = session.visit.chain
    if view.history(hash).count + view.mempoolEntries(hash).count > limit {
      throw RPCError(1, isFork ? "Too many history entries" : "history too large")
    }
  }
}
