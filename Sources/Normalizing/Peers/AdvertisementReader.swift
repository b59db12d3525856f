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
    /// Its name; nil: it has none that is one.
    var name: String?
    var protocolMax: String?
    var tcpPort: Int?
    var sslPort: Int?
    /// What the tuple names, if it is valid.
    var endpoints: [(network: AddressFamily, address: String, port: Int, transport: Transport)] = []
    var forms: Set<ForeignForm> = []
  }

  /// Where one half of a tuple says that the server is.
  private struct Half {
    var network = AddressFamily.unresolved
    var place = ""
    /// Why it is no public server; nil: it can be one.
    var reason: String?
    var isCanonical = true
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
      reading.network = half(address).network
      return reading
    }
    let (first, second) = (half(tuple.address), half(tuple.host))
    if second.reason == nil { reading.name = second.place }
    reading.network = first.network
    reading.tcpPort = tuple.tcpPort
    reading.sslPort = tuple.sslPort
    takeVersion(tuple.protocolVersion, in: &reading)
    if !first.isCanonical || !second.isCanonical { reading.forms.insert(.peerSpelling) }
    if (first.reason == nil) != (second.reason == nil) { reading.forms.insert(.peerOtherHalf) }
    guard let half = [first, second].first(where: { $0.reason == nil }) else {
      reading.reason = first.reason
      return reading
    }
    for (port, transport) in [(tuple.tcpPort, Transport.tcp), (tuple.sslPort, .ssl)] {
      if let port { reading.endpoints.append((half.network, half.place, port, transport)) }
    }
    return reading
  }

  private func takeVersion(_ text: String?, in reading: inout Reading) {
    guard let text, !text.isEmpty else { return }
    if ProtocolVersion(text)?.exists == true {
      reading.protocolMax = text
    } else {
      reading.forms.insert(.peerVersion)
    }
  }

  private func half(_ text: String) -> Half {
    do throws(Place.Defect) {
      switch try Place(text) {
      case .name(let name):
        return Half(
          network: name.hasSuffix(".onion") ? .onion : .unresolved, place: name,
          isCanonical: name == text)
      case .address(let address):
        return Half(
          network: address.network, place: address.text, reason: reason(address),
          isCanonical: address.text == text)
      }
    } catch {
      return Half(network: error.isOnion ? .onion : .unresolved, reason: error.rawValue)
    }
  }

  /// Why an address is no public server; nil: it can be one.
  private func reason(_ address: IPAddress) -> String? {
    if allowedRanges.contains(where: { $0.contains(address) }) { return nil }
    let scope = AddressScope(address)
    return scope == .global ? nil : scope.rawValue
  }
}
