internal import ElectrumProtocol
internal import SimulatedChain

extension ElectrumXSession {
  /// `server.version`: negotiates as the release does and answers its name.
  mutating func identify(
    name: WireValue?, requested: WireValue?
  ) throws(RPCError) -> WireValue {
    if negotiated != nil { throw RPCError(1, "server.version already sent") }
    let client = PythonText.str(name ?? .string(""))
    if let dropped = visit.limits.droppedClient, !client.isEmpty, client.hasPrefix(dropped) {
      throw RPCError(1, "unsupported client: \(client)", closes: true)
    }
    visit.identify(as: client)
    guard let agreed = negotiate(requested ?? .null) else {
      if let client = ProtocolVersion(client),
        let survivor = ProtocolVersion("3.2.3"), client <= survivor
      {
        crashOldClient()
      }
      let text = PythonText.str(requested ?? .null)
      throw RPCError(1, "unsupported protocol version: \(text)", closes: true)
    }
    negotiated = agreed
    return .array([.string(visit.server.statedSoftware.raw), .string(agreed.description)])
  }

  /// The smaller of both maxima, in the words of whose it is; nil if it is below a minimum.
  private func negotiate(_ requested: WireValue) -> ProtocolVersion? {
    guard let ownMin = ProtocolVersion(release.protocolMin),
      let ownMax = ProtocolVersion(release.protocolMax)
    else { return nil }
    let clientMin: ProtocolVersion
    let clientMax: ProtocolVersion
    switch requested {
    case .null: return ownMin
    case .string(let text):
      guard let version = ProtocolVersion(text) else { return nil }
      (clientMin, clientMax) = (version, version)
    case .array(let pair) where pair.count == 2:
      guard let low = pair[0].text.flatMap({ ProtocolVersion($0) }),
        let high = pair[1].text.flatMap({ ProtocolVersion($0) })
      else { return nil }
      (clientMin, clientMax) = (low, high)
    default: return nil
    }
    let agreed = clientMax <= ownMax ? clientMax : ownMax
    return agreed < clientMin || agreed < ownMin ? nil : agreed
  }

  var banner: String {
    let software = visit.server.statedSoftware
    guard let text = visit.server.banner else { return Banner.standard(software) }
    return Banner.filled(
      text, software: software, daemonVersion: Banner.nodeVersion,
      donation: visit.server.donationAddress ?? "")
  }

  /// Keys in the order of the Python dictionary; protocol 1.7 drops the hash function.
  var features: WireValue {
    let server = context.server
    var members = [
      WireMember("hosts", .object(server.reportsHosts ? hosts : [])),
      WireMember("pruning", server.pruning.map { .integer($0) } ?? .null),
      WireMember("server_version", .string(server.statedSoftware.raw)),
      WireMember("protocol_min", .string(release.protocolMin)),
      WireMember("protocol_max", .string(release.protocolMax)),
      WireMember("genesis_hash", .string(server.chain.genesisHash)),
    ]
    if !speaksScriptPubKeys {
      members.append(WireMember("hash_function", .string("sha256")))
    }
    members.append(WireMember("services", .array(server.reportsHosts ? services : [])))
    return .object(members)
  }

  private var hosts: [WireMember] {
    context.server.namedHosts.map { host in
      WireMember(host.name, .object(host.ports.map { WireMember($0.key, .integer($0.port)) }))
    }
  }

  private var services: [WireValue] {
    context.server.names.flatMap { name in
      [("tcp", context.server.tcpPort), ("ssl", context.server.sslPort)].compactMap { kind, port in
        port.map { .string("\(kind)://\(name):\($0)") }
      }
    }
  }
}
