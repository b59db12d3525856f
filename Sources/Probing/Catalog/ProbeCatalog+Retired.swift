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
      question("unspent.p2pkh", "listunspent", TestScript.probed[0]),
      question("unspent.p2wpkh", "listunspent", TestScript.probed[1]),
      question("unspent.p2tr", "listunspent", TestScript.probed[2]),
      question("mempool.p2wsh", "get_mempool", TestScript.wrapped[1]),
      badScriptPubKey,
    ]
      + ["further", "odd", "tls"].map {
        opening("server.version.\($0)", clientName: clientName, range: upTo17)
      }
      + (TestWallet.receivingHashes.count..<TestWallet.scripts.count).map(walletStatus)
  }
}
