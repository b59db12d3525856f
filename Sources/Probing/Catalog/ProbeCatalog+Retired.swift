internal import ElectrumProtocol

extension ProbeCatalog {
  /// The questions of foreign scans, whatever range of versions they offered.
  public static let imported: [Probe] =
    retired(clientName: "").filter { $0.id == "server.version" }
    + identify(clientName: "").filter { !KnownProbes.identifications.contains($0.id) }

  /// What earlier plans asked and plans of today do not: evidence of them is read for ever.
  static func retired(clientName: String) -> [Probe] {
    [
      version(
        "server.version", clientName, upTo17,
        "software and protocol, with the whole range that we speak"),
      negotiating("1.4-1.6", clientName, upTo16), ping(3),
      derived(
        "block.header.tip-6", .headerBelowTip(6), .text, "a buried header, to compare"),
      derived(
        "transaction.get_merkle.first", .merkleOfFirst(history: "history.p2wpkh"), .object,
        "proof of a transaction that it lists"),
      derived(
        "transaction.get.first", .transactionOfFirst(history: "history.p2wpkh"), .text,
        "the bytes of a transaction that it lists"), estimate(6),
      badScriptPubKey,
    ]
      + ["further", "odd", "tls"].map {
        opening("server.version.\($0)", clientName: clientName, range: upTo17)
      }
      + ofScripts
      + (TestWallet.receivingHashes.count..<TestWallet.scripts.count).map(walletStatus)
  }

  private static var ofScripts: [Probe] {
    let withoutCoins = TestScript.neverUsed.suffix(2)
    return (TestScript.probed + withoutCoins).map(unspent)
      + (TestScript.probed + TestScript.wrapped.dropFirst()).map {
        question("mempool.\($0.name)", "get_mempool", $0)
      }
  }
}
