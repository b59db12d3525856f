public import ElectrumProtocol
import Records

/// The endpoints that a server claims for itself: `hosts` of `server.features`.
///
/// A claim of that server alone, and as little to be believed as its peer list: what it names goes
/// through the same frontier and the same rules.
public enum OwnHosts {
  /// What is no port is passed over, as are names without one.
  public static func peers(_ features: WireValue) -> [AdvertisedPeer] {
    ClaimedHosts(features).hosts.compactMap { host in
      let offers = transports.compactMap { key, transport in
        host.ports[key].map { AdvertisedPeer.PortOffer($0, transport) }
      }
      if offers.isEmpty { return nil }
      return AdvertisedPeer(address: host.name, host: host.name, ports: offers)
    }
  }

  private static let transports: [(ClaimedHosts.Port, Transport)] = [
    (.tcp, .tcp), (.ssl, .ssl), (.ws, .ws), (.wss, .wss),
  ]
}
