import Addressing
import ElectrumProtocol
import Records

/// Turns peer tuples into advertisements and the endpoints that they name.
struct AdvertisementReader {
  /// Loopback ranges that a simulated network opened for this scan.
  let allowedRanges: [AddressRange]
  let network: BitcoinNetwork

  /// What a tuple says.
  struct Reading {
    var network: AddressFamily = .unresolved
    /// Why it can name no server that may be contacted; nil: it can.
    var reason: String?
    var protocolMax: String?
    var tcpPort: Int?
    var sslPort: Int?
    /// What the tuple names, if it is valid.
    var endpoints: [(network: AddressFamily, address: String, port: Int, transport: Transport)] = []
  }

  /// Reads one tuple; never fails: what cannot be a server says why.
  func read(
    address: String, host: String, features: [String], exactSHA256: String = ""
  ) -> Reading {
    var reading = Reading()
    if !exactSHA256.isEmpty {
      reading.reason = "tuple.credentials"
      return reading
    }
    let item = WireValue.array([
      .string(address), .string(host), .array(features.map { .string($0) }),
    ])
    let tuple: PeerTuple
    do throws(PeerTuple.Rejection) {
      tuple = try PeerTuple(item, network: network)
    } catch {
      reading.reason = "tuple.\(error.reason.rawValue)"
      reading.network = Self.place(address).0
      return reading
    }
    let place: String
    (reading.network, place, reading.reason) = classify(tuple.address)
    reading.protocolMax = tuple.protocolVersion
    reading.tcpPort = tuple.tcpPort
    reading.sslPort = tuple.sslPort
    guard reading.reason == nil else { return reading }
    for (port, transport) in [(tuple.tcpPort, Transport.tcp), (tuple.sslPort, .ssl)] {
      if let port { reading.endpoints.append((reading.network, place, port, transport)) }
    }
    return reading
  }

  /// Family and canonical form of a tuple's first element, and why it is no public server.
  private func classify(_ text: String) -> (AddressFamily, String, String?) {
    let (family, place) = Self.place(text)
    guard family == .ipv4 || family == .ipv6, let address = IPAddress(place) else {
      return (family, place, nil)
    }
    if allowedRanges.contains(where: { $0.contains(address) }) { return (family, place, nil) }
    let scope = AddressScope(address)
    return (family, place, scope == .global ? nil : scope.rawValue)
  }

  private static func place(_ text: String) -> (AddressFamily, String) {
    if let address = IPAddress(text) { return (address.network, address.text) }
    let name = DNSName.canonical(text)
    return (name.hasSuffix(".onion") ? .onion : .unresolved, name)
  }
}
