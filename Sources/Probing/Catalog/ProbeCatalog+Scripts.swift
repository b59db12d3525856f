internal import ElectrumProtocol

extension ProbeCatalog {
  /// Balance and history of the three scripts that a light scan asks for.
  static func common(_ scripts: ProbedScripts) -> [Probe] {
    [("balance", "get_balance"), ("history", "get_history")].flatMap { name, operation in
      scripts.main.map { question("\(name).\($0.name)", operation, $0) }
    }
  }

  /// Operations on used and never-used scripts of each type, and histories of every size.
  static func scripts(_ scripts: ProbedScripts) -> [Probe] {
    common(scripts) + inEachScan(scripts) + scripts.pool.flatMap(around) + [unconfirmed]
  }

  /// What a full scan asks besides of the scripts that each scan has.
  static func inEachScan(_ scripts: ProbedScripts) -> [Probe] {
    let wrapped = TestScript.wrapped.flatMap { script in
      [
        question("balance.\(script.name)", "get_balance", script), history(script),
        status(script), unspent(script),
      ]
    }
    return scripts.main.map(status) + wrapped + scripts.sized.flatMap(sizes) + unused
  }

  /// Questions for the scripts that this scan draws, the same at every server, so that no server can
  /// keep true answers for the few scripts that everybody asks for.
  static func drawn(_ scripts: ProbedScripts, seed: UInt64) -> [Probe] {
    scripts.further(seed: seed).flatMap(around)
  }

  /// History, status, history on one connection: the status must be the hash of lists that are equal.
  /// The main scripts are not asked for so: theirs are the long histories, read on every main
  /// connection as it is.
  private static func around(_ script: TestScript) -> [Probe] {
    [
      history(script), status(script),
      question("history.after.\(script.name)", "get_history", script),
      question("balance.\(script.name)", "get_balance", script),
    ]
  }

  static func history(_ script: TestScript) -> Probe {
    question(script.historyProbe, "get_history", script)
  }

  static func status(_ script: TestScript) -> Probe {
    question("status.\(script.name)", "subscribe", script)
  }

  /// A method that some implementations lack: asked when nothing else is left to ask.
  static let unconfirmed = question(
    "mempool.\(TestScript.wrapped[0].name)", "get_mempool", TestScript.wrapped[0])

  static func unspent(_ script: TestScript) -> Probe {
    question("unspent.\(script.name)", "listunspent", script)
  }

  private static var unused: [Probe] {
    TestScript.neverUsed.flatMap { script in
      [history(script), status(script)]
    }
      + TestScript.neverUsed.prefix(3).map(unspent)
  }

  private static func sizes(_ sized: SizedTestScript) -> [Probe] {
    let script = sized.script
    let coins = Double(sized.transactions) / 50
    return [
      question("balance.\(script.name)", "get_balance", script, work: 1 + coins),
      question(sized.historyProbe, "get_history", script, bytes: 100 * sized.transactions),
    ]
  }

  static func question(
    _ id: String, _ operation: String, _ script: TestScript, work: Double = 1.5,
    bytes: Int = 4_096
  ) -> Probe {
    let expectation: Probe.Expectation =
      switch operation {
      case "get_balance": .object
      case "subscribe": .textOrNull
      default: .listOrObject
      }
    return Probe(
      id, .scripts, .script(operation: operation, script), expectation,
      cost: CostModel.request(work: work, bytes: bytes), "\(operation) of \(script.name)")
  }

  /// What a wallet subscribes at its start, in its order; and what becomes of an extended key.
  static let wallet: [Probe] =
    (0..<TestWallet.receivingHashes.count).map(walletStatus) + [
      asked(
        "wallet.balance.xpub", "blockchain.scripthash.get_balance",
        [.string(TestWallet.extendedPublicKey)], .anything, family: .wallet,
        work: CostModel.errorReply, span: ProtocolSpan(before: "1.7"),
        "whether an extended public key sent by mistake comes back in the error text")
    ]

  /// - Parameter index: of the wallet's script: twenty receiving ones, then ten of change.
  static func walletStatus(_ index: Int) -> Probe {
    let chain = index < TestWallet.receivingHashes.count ? "receive" : "change"
    let place = index % TestWallet.receivingHashes.count
    return Probe(
      "wallet.status.\(chain).\(place)", .wallet,
      .script(
        operation: "subscribe", TestScript("bip84.\(chain).\(place)", TestWallet.scripts[index])),
      .textOrNull, cost: CostModel.request(work: 0.5),
      "address \(place) of a published test wallet, as a wallet asks")
  }
}
