public import ElectrumProtocol
import Records

/// The endpoints that a server claims for itself: `hosts` of `server.features`.
///
/// A claim of that server alone, and as little to be believed as its peer list: what it names goes
/// through the same frontier and the same rules.
public enum OwnHosts {
  /// By name `{"tcp_port": …, "ssl_port": …, "ws_port": …, "wss_port": …}`; what is no port is passed
  /// over.
  public static func peers(_ features: WireValue) -> [AdvertisedPeer] {
    let hosts = features["hosts"]?.members ?? []
    return hosts.compactMap { member in
      let offers = transports.compactMap { key, transport in
        member.value[key]?.integer.flatMap { port in
          (1...65535).contains(port) ? AdvertisedPeer.PortOffer(port, transport) : nil
        }
      }
      if offers.isEmpty { return nil }
      return AdvertisedPeer(address: member.key, host: member.key, ports: offers)
    }
  }

  private static let transports: [(String, Transport)] = [
    ("tcp_port", .tcp), ("ssl_port", .ssl), ("ws_port", .ws), ("wss_port", .wss),
  ]
}
