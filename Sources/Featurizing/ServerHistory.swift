import Records

/// A server over the series: the last of everything that was observed.
struct ServerHistory {
  var latest: Server
  var scans = 1
  var scansAnswered: Int
  var firstScan: String
  var lastScan: String
  var isReached: Bool
  var ports: Set<String> = []
  var asns: Set<Int> = []
  var addressASNs: [String: Int] = [:]
  var probes: [String: ProbeTally] = [:]

  init(_ server: Server, scan: String) {
    latest = server
    firstScan = scan
    lastScan = scan
    isReached = server.reached
    scansAnswered = server.outcome == .answered ? 1 : 0
  }

  /// Takes in the server's row of a later scan.
  mutating func take(_ server: Server, scan: String) {
    scans += 1
    lastScan = scan
    isReached = isReached || server.reached
    if server.outcome == .answered { scansAnswered += 1 }
    let earlier = latest
    latest = server
    fill(from: earlier)
  }

  mutating func take(_ endpoint: Endpoint) {
    ports.insert("\(endpoint.transport.rawValue):\(endpoint.port)")
    if let asn = endpoint.asn {
      asns.insert(asn)
      addressASNs[endpoint.address] = asn
    }
  }

  /// What the later row does not know is taken from the earlier one.
  private mutating func fill(from earlier: Server) {
    latest.names = Set(latest.names).union(earlier.names).sorted()
    latest.verifiedNames = Set(latest.verifiedNames).union(earlier.verifiedNames).sorted()
    latest.registrableDomains = Set(latest.registrableDomains).union(earlier.registrableDomains)
      .sorted()
    latest.textFacts.hostTemplates = Set(latest.textFacts.hostTemplates)
      .union(earlier.textFacts.hostTemplates).sorted()
    latest.software = latest.software ?? earlier.software
    latest.softwareVersion =
      latest.serverVersionText == nil ? earlier.softwareVersion : latest.softwareVersion
    latest.serverVersionText = latest.serverVersionText ?? earlier.serverVersionText
    latest.protocolMin = latest.protocolMin ?? earlier.protocolMin
    latest.protocolMax = latest.protocolMax ?? earlier.protocolMax
    latest.genesisHash = latest.genesisHash ?? earlier.genesisHash
    if latest.bannerStatus == .unknown {
      latest.bannerStatus = earlier.bannerStatus
      latest.banner = earlier.banner
      latest.textFacts.bannerMaskedSHA256 = earlier.textFacts.bannerMaskedSHA256
    }
    if latest.donationStatus == .unknown {
      latest.donationStatus = earlier.donationStatus
      latest.donationAddress = earlier.donationAddress
    }
    if latest.hostsClaimed.isEmpty { latest.hostsClaimed = earlier.hostsClaimed }
    latest.spkiSHA256s = Set(latest.spkiSHA256s).union(earlier.spkiSHA256s).sorted()
    if latest.certificateSHA256s.isEmpty { latest.certificateSHA256s = earlier.certificateSHA256s }
  }
}
