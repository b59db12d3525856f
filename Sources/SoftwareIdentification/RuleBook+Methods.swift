internal import Records

/// Which methods there are, and how their results are made.
extension RuleBook {
  static let methods: [SoftwareRule] = features + donation + results + chain

  private static let features: [SoftwareRule] = [
    SoftwareRule(
      "features-keys-inserted", .methods, .named(["server.features"]),
      [.begins(.resultKeys, "hosts,pruning,server_version,protocol_min")],
      fits: Speakers.electrumX, open: Speakers.jelectrum,
      "ElectrumX names its hosts first, in the order of its dictionary.",
      .recorded(section: "6")),
    SoftwareRule(
      "features-without-hash-function", .methods,
      .named(["server.features", "server.features.1.4-99"]),
      [
        .isOneOf(
          .resultKeys,
          "hosts,pruning,server_version,protocol_min,protocol_max,genesis_hash,services")
      ], fits: [.since(.electrumX, "2.0.0")],
      "Protocol 1.7 dropped the hash function from the features.", .reference(section: "5")),
    SoftwareRule(
      "features-broadcast-package", .methods, .named(["server.features"]),
      [.begins(.resultKeys, "broadcast_package,dsproof,")], fits: [.since(.fulcrum, "2.0.0")],
      open: [.before(.fulcrum, "2.0.0")],
      "Sorted, with two keys of Fulcrum's own.", .recorded(section: "6")),
    SoftwareRule(
      "features-dsproof", .methods, .named(["server.features"]),
      [.begins(.resultKeys, "dsproof,genesis_hash,")], fits: [.before(.fulcrum, "2.0.0")],
      open: [.since(.fulcrum, "2.0.0")],
      "Fulcrum before packages, or with a node that has none.", .reference(section: "6")),
    SoftwareRule(
      "features-keys-plain", .methods, .named(["server.features"]),
      [
        .isOneOf(
          .resultKeys,
          "genesis_hash,hash_function,hosts,protocol_max,protocol_min,pruning,server_version")
      ], fits: Speakers.romanz,
      open: [.all(.electrsEsplora), .before(.fulcrum, "2.0.0")] + Speakers.unread,
      "The features of the protocol, sorted, and nothing else.", .reference(section: "6")),
    SoftwareRule(
      "closes-on-features", .methods, .named(["server.features"]), [.isOneOf(.answer, "closed")],
      fits: Speakers.olderElectrs + Speakers.bwt, open: Speakers.personal + Speakers.jelectrum,
      weight: .closing,
      "The forks of electrs without discovery do not know the method, and end the connection.",
      .reference(section: "4")),
  ]

  private static let donation: [SoftwareRule] = [
    SoftwareRule(
      "donation-null", .methods, .named(["server.donation_address"]),
      [.isOneOf(.resultKind, "null")], fits: Speakers.electrsFamily, open: Speakers.unread,
      "The electrs family has no donation address and says null.", .reference(section: "5")),
    SoftwareRule(
      "donation-text", .methods, .named(["server.donation_address"]),
      [.isOneOf(.resultKind, "string")],
      fits: Speakers.electrumX + [.all(.fulcrum)] + Speakers.personal, open: Speakers.unread,
      "The others answer a text, which may be empty.", .recorded(section: "6")),
  ]

  private static let results: [SoftwareRule] = [
    SoftwareRule(
      "tip-keys-inserted", .methods, .named(["blockchain.headers.subscribe"]),
      [.isOneOf(.resultKeys, "hex,height")], fits: Speakers.electrumX + Speakers.personal,
      open: Speakers.jelectrum, "The header before its height.", .recorded(section: "3")),
    SoftwareRule(
      "tip-keys-sorted", .methods, .named(["blockchain.headers.subscribe"]),
      [.isOneOf(.resultKeys, "height,hex")],
      fits: [.all(.fulcrum)] + Speakers.electrsFamily + Speakers.floresta,
      open: Speakers.jelectrum, "Sorted.", .recorded(section: "8")),
    SoftwareRule(
      "headers-keys-inserted", .methods, .named(["block.headers.0"]),
      [.isOneOf(.resultKeys, "hex,count,max")], fits: Speakers.electrumX + Speakers.personal,
      open: Speakers.jelectrum, "All headers in one text, before protocol 1.6.",
      .recorded(section: "5")),
    SoftwareRule(
      "headers-keys-1.6-inserted", .methods, .named(["block.headers.0"]),
      [.isOneOf(.resultKeys, "count,max,headers")], fits: [.since(.electrumX, "1.19.0")],
      "A list of headers since protocol 1.6, last in ElectrumX.", .recorded(section: "5")),
    SoftwareRule(
      "headers-keys-sorted", .methods, .named(["block.headers.0"]),
      [.isOneOf(.resultKeys, "count,hex,max")],
      fits: [.all(.fulcrum)] + Speakers.electrsFamily, open: Speakers.unread,
      "The same, sorted.", .recorded(section: "5")),
    SoftwareRule(
      "headers-keys-1.6-sorted", .methods, .named(["block.headers.0"]),
      [.isOneOf(.resultKeys, "count,headers,max")], fits: [.since(.fulcrum, "2.0.0")],
      "A list of headers since protocol 1.6, sorted.", .recorded(section: "5")),
    SoftwareRule(
      "mempool-keys-inserted", .methods, .named(["mempool.get_info"]),
      [.isOneOf(.resultKeys, "mempoolminfee,minrelaytxfee,incrementalrelayfee")],
      fits: [.since(.electrumX, "1.19.0")], "The three fees of protocol 1.6.",
      .recorded(section: "5")),
    SoftwareRule(
      "mempool-keys-fulcrum", .methods, .named(["mempool.get_info"]),
      [.begins(.resultKeys, "fullrbf,incrementalrelayfee,")], fits: [.since(.fulcrum, "2.0.0")],
      open: [.before(.fulcrum, "2.0.0")], "Sorted, with more of what the node says.",
      .recorded(section: "5")),
  ]

  private static let chain: [SoftwareRule] = [
    SoftwareRule(
      "proof-keys-inserted", .methods, .named(["block.header.proof"]),
      [.isOneOf(.resultKeys, "header,branch,root")],
      fits: [.since(.electrumX, "1.16.0"), .all(.electrumXSV)],
      open: [.before(.electrumX, "1.16.0")] + Speakers.unreadOfOdd,
      "The header before its proof.", .recorded(section: "5")),
    SoftwareRule(
      "proof-keys-sorted", .methods, .named(["block.header.proof"]),
      [.isOneOf(.resultKeys, "branch,header,root")],
      fits: [.all(.fulcrum)] + Speakers.olderElectrs + Speakers.bwt, open: Speakers.unreadOfOdd,
      "Sorted; electrs since 0.9 has no such proofs.", .recorded(section: "5")),
    SoftwareRule(
      "genesis-coinbase-indexed", .methods, .named(["transaction.id_from_pos.0-0"]),
      [.isOneOf(.answer, "result")],
      fits: [.all(.fulcrum), .since(.electrumXSV, "1.20.2")] + Speakers.olderElectrs
        + Speakers.bwt,
      open: [.between(.electrumXSV, "1.20", "1.20.2")] + Speakers.unreadOfOdd,
      "ElectrumX for Bitcoin leaves the coinbase of block 0 out of its index.",
      .recorded(section: "8")),
    SoftwareRule(
      "genesis-coinbase-missing", .methods, .named(["transaction.id_from_pos.0-0"]),
      [.isOneOf(.errorText, "no tx at position 0 in block at height 0"), .code(1)],
      fits: [.all(.electrumX), .before(.electrumXSV, "1.20")],
      open: [.between(.electrumXSV, "1.20", "1.20.2")],
      "ElectrumX for Bitcoin leaves the coinbase of block 0 out of its index.",
      .recorded(section: "8")),
    SoftwareRule(
      "history-object", .methods, .family("history."), [.isOneOf(.resultKeys, "history")],
      fits: [.since(.electrumX, "2.0.0")], "Since protocol 1.7 a history is a member of an object.",
      .recorded(section: "10")),
  ]
}
