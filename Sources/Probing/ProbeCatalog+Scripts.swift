internal import ElectrumProtocol

extension ProbeCatalog {
  /// Balance and history of the three scripts that a light scan asks for.
  static let commonScripts: [Probe] = [("balance", "get_balance"), ("history", "get_history")]
    .flatMap { name, operation in
      TestScript.probed.map { script in question("\(name).\(script.name)", operation, script) }
    }

  /// Every operation on a used and a never-used script of each type, and histories of every size.
  static func scripts(sized: [SizedTestScript]) -> [Probe] {
    commonScripts + others + sized.flatMap(sizes) + unused
  }

  private static let operations: [(name: String, operation: String)] = [
    ("unspent", "listunspent"), ("mempool", "get_mempool"), ("status", "subscribe"),
  ]

  private static var others: [Probe] {
    let wrapped = TestScript.wrapped.flatMap { script in
      [
        question("balance.\(script.name)", "get_balance", script),
        question("history.\(script.name)", "get_history", script),
      ]
    }
    let rest = (TestScript.probed + TestScript.wrapped).flatMap { script in
      operations.map { question("\($0.name).\(script.name)", $0.operation, script) }
    }
    return wrapped + rest
  }

  private static var unused: [Probe] {
    TestScript.neverUsed.flatMap { script in
      [
        question("history.\(script.name)", "get_history", script),
        question("status.\(script.name)", "subscribe", script),
      ]
    }
  }

  private static func sizes(_ sized: SizedTestScript) -> [Probe] {
    let script = sized.script
    let coins = Double(sized.transactions) / 50
    return [
      question("balance.\(script.name)", "get_balance", script, work: 1 + coins),
      question(sized.historyProbe, "get_history", script, bytes: 100 * sized.transactions),
    ]
  }

  private static func question(
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
    TestWallet.scripts.enumerated().map { index, script in
      let test = TestScript("bip84.\(index < 20 ? "receive" : "change").\(index % 20)", script)
      return Probe(
        "wallet.status.\(index < 20 ? "receive" : "change").\(index % 20)", .wallet,
        .script(operation: "subscribe", test), .textOrNull,
        cost: CostModel.request(work: 0.5),
        "address \(index % 20) of a published test wallet, as a wallet asks")
    } + [
      asked(
        "wallet.balance.xpub", "blockchain.scripthash.get_balance",
        [.string(TestWallet.extendedPublicKey)], .anything, family: .wallet,
        work: CostModel.errorReply, span: ProtocolSpan(before: "1.7"),
        "whether an extended public key sent by mistake comes back in the error text")
    ]
}
