import Addressing
import Digests
import ElectrumProtocol
import Foundation
import Probing
import Records
import ServerTexts

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
  /// Hashes of the headers behind known splits, by height.
  var splitHashes: [Int: String] = [:]
  /// Names and addresses in `hosts`, with the ports claimed for each, sorted by name.
  var hosts: [(name: String, ports: [Int])] = []
  /// All ports claimed for any of them, as `transport:port`.
  var hostsPorts: Set<String> = []
  /// The line of each text that no text can hold exactly, in base64.
  var inexactLines: [ServerTextKind: String] = [:]
  /// Digests of exact texts in which credentials were replaced.
  var exactSHA256s: [ServerTextKind: String] = [:]
  /// Odd forms in server.features.
  var forms: Set<ForeignForm> = []
  /// Canonical text of server.features without `hosts`; nil where it was not answered.
  var featuresText: String?

  /// Takes in the result of a probe.
  mutating func take(_ reply: Reply) {
    guard let result = reply.result else { return }
    switch reply.record.probe {
    case let probe where KnownProbes.identifications.contains(probe):
      versionText = result.elements?.first?.text ?? result.text
      protocolNegotiated = Self.plain(result.elements?.dropFirst().first?.text)
      versionText = redacted(versionText, .serverVersion, reply.inexactLine)
    case "server.banner":
      (banner, bannerText) = Self.text(result)
      bannerText = redacted(bannerText, .banner, reply.inexactLine)
    case "server.donation_address":
      (donation, donationText) = Self.text(result)
      donationText = redacted(donationText, .donationAddress, reply.inexactLine)
    case "server.peers.subscribe": peersReturned = result.elements?.count
    case "blockchain.headers.subscribe":
      if let height = result["height"]?.integer {
        tip = (height, result["hex"]?.text.flatMap { BlockHeader(hex: $0)?.hashText })
      }
    case "server.features": takeFeatures(result)
    case let probe where probe.hasPrefix(KnownProbes.forkPrefix):
      if let height = Int(probe.dropFirst(KnownProbes.forkPrefix.count)) {
        // Bytes without work are no header of any chain.
        let header = result.text.flatMap { BlockHeader(hex: $0) }
        splitHashes[height] = header.flatMap { $0.hasProofOfWork ? $0.hashText : nil }
      }
    default: break
    }
  }

  /// A text that was just taken without credentials; keeps the digest of the exact one.
  /// - Parameter line: that holds it, where no text can hold it exactly.
  private mutating func redacted(
    _ text: String?, _ kind: ServerTextKind, _ line: String?
  ) -> String? {
    inexactLines[kind] = line
    exactSHA256s[kind] = nil
    guard let text, let redacted = Credentials.redacted(text: text) else { return text }
    exactSHA256s[kind] = SHA256.hex(text.utf8)
    if let line, let bytes = Data(base64Encoded: line) {
      inexactLines[kind] = Data(Credentials.markText(bytes.count).utf8).base64EncodedString()
    }
    return redacted
  }

  private static func plain(_ text: String?) -> String? {
    text.map { Credentials.redacted(text: $0) ?? $0 }
  }

  private static func text(_ result: WireValue) -> (ValueStatus, String?) {
    if result.isNull { return (.absent, nil) }
    guard let text = result.text else { return (.unknown, nil) }
    return text.isEmpty ? (.absent, nil) : (.value, text)
  }

  private mutating func takeFeatures(_ result: WireValue) {
    guard let members = result.members else { return }
    forms = []
    protocolMin = Self.version(result["protocol_min"])
    protocolMax = Self.version(result["protocol_max"])
    takeGenesis(result["genesis_hash"])
    takePruning(result["pruning"])
    takeHosts(ClaimedHosts(result))
    let others = members.filter { $0.key != "hosts" }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    featuresText = String(decoding: WireValue.object(others).encoded(), as: UTF8.self)
  }

  /// A version that is written as a number is the text of that number.
  private static func version(_ value: WireValue?) -> String? {
    if case .number(let text)? = value { return text }
    return plain(value?.text)
  }

  private mutating func takeGenesis(_ value: WireValue?) {
    genesisHash = nil
    guard let value, !value.isNull, value.text != "" else { return }
    genesisHash = value.text.flatMap { GenesisHash.canonical($0) }
    if genesisHash == nil {
      forms.insert(.featuresGenesisUnreadable)
    } else if genesisHash != value.text {
      forms.insert(.featuresGenesisSpelling)
    }
  }

  private mutating func takePruning(_ value: WireValue?) {
    pruning = nil
    guard let value, !value.isNull, value.text != "", value.text != "-", value.boolean != false
    else { return }
    pruning = value.wholeNumber.flatMap { $0 >= 0 ? $0 : nil }
    if pruning == nil {
      forms.insert(.featuresPruningUnreadable)
    } else if value.integer == nil {
      forms.insert(.featuresPruningText)
    }
  }

  /// Takes what is a name or an address; ports of plain text and of TLS.
  private mutating func takeHosts(_ claimed: ClaimedHosts) {
    forms.formUnion(claimed.forms.compactMap { ForeignForm(rawValue: $0.rawValue) })
    hosts = []
    hostsPorts = []
    for host in claimed.hosts {
      guard let place = try? Place(DNSName.canonical(host.name)) else {
        forms.insert(.featuresHostName)
        continue
      }
      hosts.append((place.text, [.tcp, .ssl].compactMap { host.ports[$0] }))
      hostsPorts.formUnion(host.ports.map { "\($0.key.transport.rawValue):\($0.value)" })
    }
    hosts.sort { $0.name < $1.name }
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
      exactSHA256s[.serverVersion] = other.exactSHA256s[.serverVersion]
    }
    protocolNegotiated = protocolNegotiated ?? other.protocolNegotiated
    if banner == .unknown {
      (banner, bannerText) = (other.banner, other.bannerText)
      inexactLines[.banner] = other.inexactLines[.banner]
      exactSHA256s[.banner] = other.exactSHA256s[.banner]
    }
    if donation == .unknown {
      (donation, donationText) = (other.donation, other.donationText)
      inexactLines[.donationAddress] = other.inexactLines[.donationAddress]
      exactSHA256s[.donationAddress] = other.exactSHA256s[.donationAddress]
    }
    peersReturned = peersReturned ?? other.peersReturned
    tip = tip ?? other.tip
    splitHashes.merge(other.splitHashes) { own, _ in own }
    guard featuresText == nil else { return }
    protocolMin = other.protocolMin
    protocolMax = other.protocolMax
    genesisHash = other.genesisHash
    pruning = other.pruning
    hosts = other.hosts
    hostsPorts = other.hostsPorts
    featuresText = other.featuresText
    forms = other.forms
  }
}

extension ClaimedHosts.Port {
  fileprivate var transport: Transport {
    switch self {
    case .tcp: .tcp
    case .ssl: .ssl
    case .ws: .ws
    case .wss: .wss
    }
  }
}
