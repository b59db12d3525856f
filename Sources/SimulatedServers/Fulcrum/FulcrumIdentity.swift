internal import ElectrumProtocol
import Ordering
internal import SimulatedChain

extension FulcrumSession {
  /// `server.version`: takes a text, a number or a pair, ignores further arguments.
  mutating func identify(_ values: [WireValue]) throws(RPCError) -> WireValue {
    if negotiated != nil { throw RPCError(1, "server.version already sent") }
    visit.identify(as: values.first?.text ?? "")
    let agreed = try negotiate(values.count > 1 ? values[1] : .string(FulcrumRelease.protocolMin))
    negotiated = agreed
    return .array([.string(visit.server.statedSoftware.raw), .string(agreed.description)])
  }

  private func negotiate(_ requested: WireValue) throws(RPCError) -> ProtocolVersion {
    let unsupported = RPCError(1, "Unsupported protocol version", closes: true)
    guard let ownMin = ProtocolVersion(FulcrumRelease.protocolMin),
      let ownMax = ProtocolVersion(release.protocolMax)
    else { throw unsupported }
    let clientMin: ProtocolVersion
    let clientMax: ProtocolVersion
    switch requested {
    case .string(let text), .number(let text):
      guard let version = ProtocolVersion(text) else { throw unsupported }
      (clientMin, clientMax) = (version, version)
    case .array(let pair) where pair.count == 2:
      guard let low = pair[0].text.flatMap({ ProtocolVersion($0) }),
        let high = pair[1].text.flatMap({ ProtocolVersion($0) })
      else { throw unsupported }
      if high < low {
        throw RPCError(1, "Bad version tuple: \(low), \(high)", closes: true)
      }
      (clientMin, clientMax) = (low, high)
    default: throw unsupported
    }
    let agreed = clientMax < ownMax ? clientMax : ownMax
    if agreed < clientMin || agreed < ownMin { throw unsupported }
    return agreed
  }

  var banner: String {
    let software = visit.server.statedSoftware
    guard let text = visit.server.banner else { return Banner.standard(software) }
    return Banner.filled(
      text, software: software,
      daemonVersion: "0." + Banner.nodeVersion.prefix { $0 != "." } + ".0",
      donation: visit.server.donationAddress ?? FulcrumMethods.defaultDonation)
  }

  /// Without a configured host name: the address and port that the client reached.
  var features: WireValue {
    let server = visit.server
    var members = [
      WireMember("dsproof", .bool(false)),
      WireMember("genesis_hash", .string(server.chain.genesisHash)),
      WireMember("hash_function", .string("sha256")),
      WireMember("hosts", .object(server.reportsHosts ? namedHosts : [reachedHost])),
      WireMember("protocol_max", .string(release.protocolMax)),
      WireMember("protocol_min", .string(FulcrumRelease.protocolMin)),
      WireMember("pruning", server.pruning.map { .integer($0) } ?? .null),
      WireMember("server_version", .string(server.statedSoftware.raw)),
    ]
    if release.statesPackages {
      members.insert(WireMember("broadcast_package", .bool(true)), at: 0)
    }
    return .object(members)
  }

  private var namedHosts: [WireMember] {
    visit.server.namedHosts.sorted { $0.name < $1.name }.map { host in
      let ports = host.ports.sorted { $0.key < $1.key }
      return WireMember(host.name, .object(ports.map { WireMember($0.key, .integer($0.port)) }))
    }
  }

  private var reachedHost: WireMember {
    let key = visit.context.isTLS ? "ssl_port" : "tcp_port"
    return WireMember(
      visit.context.localAddress, .object([WireMember(key, .integer(visit.context.localPort))]))
  }
}
