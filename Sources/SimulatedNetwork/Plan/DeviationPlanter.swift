import Digests
internal import ElectrumProtocol
internal import SimulatedChain
internal import SimulatedServers

/// Plants deviations in the profile of one server.
struct DeviationPlanter {
  let plan: NetworkPlan
  let epoch: Int
  let server: ServerPlan

  func plant(
    _ deviation: PlantedDeviation, in profile: inout ServerProfile, _ builder: ProfileBuilder
  ) {
    switch deviation {
    case .staleTip, .falseTip, .foreignGenesis, .historyOmission, .inventedTransaction,
      .corruptProof, .falseStatus, .missingTransactions, .falseFees, .falseRelayFee:
      plant(deviation, inChainOf: &profile)
    case .phishingBroadcast(let text), .refusesBroadcast(let text):
      profile.broadcast = .refuses(text: text)
    case .falseTransactionID: profile.broadcast = .falseIdentifier
    case .phishingBanner(let text), .otherBanner(let text): profile.banner = text
    case .slow(let milliseconds): profile.serviceDelay += Double(milliseconds) / 1_000
    case .differsByClient(let prefix, let nested):
      var other = profile
      for deviation in nested { plant(deviation, in: &other, builder) }
      profile.variants.append(ClientVariant(clientPrefix: prefix, server: other))
    case .throttles(let requests): profile.requestLimit = requests
    case .throttlesSelectively(let limit): profile.selectiveLimit = limit
    case .falsePeers(let peers): profile.peers = knowledge(peers, in: builder)
    case .differsByOrigin, .nameFlood, .garbage, .silent, .closes, .abuse, .handshakeAbuse: break
    }
  }

  private func plant(
    _ deviation: PlantedDeviation, inChainOf profile: inout ServerProfile
  ) {
    let view = profile.chain
    var lies = view.lies
    lies.salt = NetworkPlan.seed(plan.scenario.seed, "lies|\(server.id)")
    var tip = view.tip
    var chain = view.chain
    var genesis = view.genesisHash
    switch deviation {
    case .staleTip(let blocks): tip = max(0, tip - blocks)
    case .falseTip: lies.falseTip = falseTip(over: view)
    case .foreignGenesis(let network):
      chain = plan.foreignChains[server.id] ?? chain
      genesis = network.genesisHash
    case .historyOmission(let share): lies.omittedShare = share
    case .inventedTransaction: lies.inventsTransaction = true
    case .corruptProof: lies.corruptsProofs = true
    case .falseStatus: lies.falsifiesStatus = true
    case .missingTransactions(let share): lies.missingTransactionShare = share
    case .falseFees(let factor): lies.feeFactor = factor
    case .falseRelayFee(let factor): lies.relayFeeFactor = factor
    default: return
    }
    let node =
      chain === view.chain && tip == view.tip
      ? view.node : view.node.moved(to: chain, tip: tip)
    profile.chain = ChainView(node: node, genesisHash: genesis, lies: lies)
  }

  /// A header that follows no known block and misses its target.
  private func falseTip(over view: ChainView) -> BlockHeader? {
    guard let honest = view.header(view.tip) else { return nil }
    let previous = SHA256.digest(Array("\(server.id)|\(epoch)".utf8))
    for nonce: UInt32 in 0..<1_000 {
      let header = BlockHeader(
        version: honest.version, previousHash: previous, merkleRoot: honest.merkleRoot,
        time: honest.time, bits: honest.bits, nonce: nonce)
      if !header.hasProofOfWork { return header }
    }
    return nil
  }

  private func knowledge(
    _ peers: PlantedDeviation.FalsePeers, in builder: ProfileBuilder
  ) -> PeerKnowledge {
    switch peers {
    case .cohort: return PeerKnowledge(builder.cohort(of: server))
    case .junk(let count):
      // RFC 5737 and a reserved name: nobody's, and never reached.
      return PeerKnowledge(
        (0..<count).map { number in
          let address = "203.0.113.\(number % 254 + 1)"
          let host = number % 2 == 0 ? address : "p\(number).peers.invalid"
          return PeerAdvertisement(
            address: address, host: host, features: ["v1.4.2", "s\(1_024 + number * 7 % 60_000)"])
        })
    case .victim(let id, let count):
      guard let victim = plan.servers.first(where: { $0.id == id }) else { return [] }
      let address = victim.address(at: epoch)
      return PeerKnowledge(
        (0..<count).map { number in
          PeerAdvertisement(
            address: address, host: "mirror\(number).peers.invalid",
            features: ["v1.4.2", "s\(50_000 + number % 1_000)", "t\(51_000 + number % 1_000)"])
        })
    case .asker:
      return PeerKnowledge(
        ["127.0.0.1", "0.0.0.0", "::1", "localhost", "255.255.255.255"].map {
          PeerAdvertisement(address: $0, host: $0, features: ["v1.4.2", "s50002", "t50001"])
        })
    }
  }
}
