import Addressing
import ElectrumProtocol
import Probing
import Records

/// What an endpoint said of itself: the last answer of each kind in a scan.
struct Answers {
  var versionText: String?
  var protocolNegotiated: String?
  var banner: ValueStatus = .unknown
  var bannerText: String?
  var donation: ValueStatus = .unknown
  var donationText: String?
  var peersReturned: Int?
  var tip: (height: Int, hash: String?)?
  var protocolMin: String?
  var protocolMax: String?
  var genesisHash: String?
  var pruning: Int?
  /// Names and addresses in `hosts`, with the ports claimed for each, sorted by name.
  var hosts: [(name: String, ports: [Int])] = []
  /// The line of each text that no text can hold exactly, in base64.
  var inexactLines: [ServerTextKind: String] = [:]
  /// Canonical text of server.features without `hosts`; nil where it was not answered.
  var featuresText: String?

  /// Takes in the result of a probe.
  mutating func take(_ reply: Reply) {
    guard let result = reply.result else { return }
    switch reply.record.probe {
    case let probe where KnownProbes.identifications.contains(probe):
      versionText = result.elements?.first?.text ?? result.text
      protocolNegotiated = result.elements?.dropFirst().first?.text
      inexactLines[.serverVersion] = reply.inexactLine
    case "server.banner":
      (banner, bannerText) = Self.text(result)
      inexactLines[.banner] = reply.inexactLine
    case "server.donation_address":
      (donation, donationText) = Self.text(result)
      inexactLines[.donationAddress] = reply.inexactLine
    case "server.peers.subscribe": peersReturned = result.elements?.count
    case "blockchain.headers.subscribe":
      if let height = result["height"]?.integer {
        tip = (height, result["hex"]?.text.flatMap { BlockHeader(hex: $0)?.hashText })
      }
    case "server.features": takeFeatures(result)
    default: break
    }
  }

  private static func text(_ result: WireValue) -> (ValueStatus, String?) {
    if result.isNull { return (.absent, nil) }
    guard let text = result.text else { return (.unknown, nil) }
    return text.isEmpty ? (.absent, nil) : (.value, text)
  }

  private mutating func takeFeatures(_ result: WireValue) {
    guard let members = result.members else { return }
    protocolMin = result["protocol_min"]?.text
    protocolMax = result["protocol_max"]?.text
    genesisHash = result["genesis_hash"]?.text.flatMap { GenesisHash.canonical($0) }
    pruning = result["pruning"]?.integer
    hosts = (result["hosts"]?.members ?? [])
      .map { member in
        let ports = ["tcp_port", "ssl_port"].compactMap { member.value[$0]?.integer }
        return (member.key.lowercased(), ports)
      }
      .sorted { $0.name < $1.name }
    let others = members.filter { $0.key != "hosts" }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    featuresText = String(decoding: WireValue.object(others).encoded(), as: UTF8.self)
  }

  /// The claimed hosts as one text, without the entry of the address itself, in which some servers
  /// name the port that they were reached at.
  func hostsText(without address: String) -> String {
    hosts.filter { (IPAddress($0.name)?.text ?? $0.name) != address }
      .map { "\($0.name):\($0.ports.map(String.init).joined(separator: ","))" }
      .joined(separator: " ")
  }

  /// Takes over what `other` knows and this does not.
  mutating func fill(from other: Answers) {
    if versionText == nil {
      versionText = other.versionText
      inexactLines[.serverVersion] = other.inexactLines[.serverVersion]
    }
    protocolNegotiated = protocolNegotiated ?? other.protocolNegotiated
    if banner == .unknown {
      (banner, bannerText) = (other.banner, other.bannerText)
      inexactLines[.banner] = other.inexactLines[.banner]
    }
    if donation == .unknown {
      (donation, donationText) = (other.donation, other.donationText)
      inexactLines[.donationAddress] = other.inexactLines[.donationAddress]
    }
    peersReturned = peersReturned ?? other.peersReturned
    tip = tip ?? other.tip
    guard featuresText == nil else { return }
    protocolMin = other.protocolMin
    protocolMax = other.protocolMax
    genesisHash = other.genesisHash
    pruning = other.pruning
    hosts = other.hosts
    featuresText = other.featuresText
  }
}
