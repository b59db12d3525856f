import Artifact
import Records
import ServerTexts

/// Makes the feature row of a server from its history.
struct FeatureBuilder {
  let parameters: FeaturizeParameters
  let certificates: [String: Certificate]
  /// Probes that the plan of any scan asks of anybody.
  let planProbes: Int

  func features(of history: ServerHistory) -> FeatureVector {
    let server = history.latest
    let signatures = history.probes.compactMapValues { $0.signature()?.signature }
    let covered = signatures.keys.sorted()
    var features = FeatureVector(
      serverID: server.serverID, scans: history.scans, scansAnswered: history.scansAnswered,
      firstScan: history.firstScan, lastScan: history.lastScan, reached: history.isReached,
      ports: history.ports.sorted(), bannerStatus: server.bannerStatus,
      donationStatus: server.donationStatus, registrableDomains: server.registrableDomains,
      hostTemplates: server.textFacts.hostTemplates,
      spkiSHA256s: server.spkiSHA256s, networks: server.networks,
      asns: history.asns.sorted().map(String.init), country: server.country,
      hostsClaimed: server.hostsClaimed, probesCovered: covered,
      coverage: planProbes == 0 ? 0 : Double(covered.count) / Double(planProbes))
    features.software = server.software
    features.softwareVersion = server.softwareVersion
    features.protocolMin = server.protocolMin
    features.protocolMax = server.protocolMax
    describeTexts(&features, server)
    features.certificateProfile =
      server.certificateSHA256s.lazy
      .compactMap { certificates[$0]?.template }
      .first
    describeNetwork(&features, server, history)
    if !covered.isEmpty {
      let text = covered.map { "\($0)=\(signatures[$0] ?? "")" }.joined(separator: "\n")
      features.behaviourSignature = ContentDigest.hex(text.utf8)
    }
    return features
  }

  private func describeTexts(_ features: inout FeatureVector, _ server: Server) {
    if server.bannerStatus == .value, let banner = server.banner {
      let masked = TextMask.mask(banner)
      features.bannerMaskSHA256 = server.textFacts.bannerMaskedSHA256
      features.bannerIsDefault = DefaultBannerList.contains(
        masked, further: parameters.defaultBanners)
    }
    if let donation = server.donationAddress, !parameters.defaultDonations.contains(donation) {
      features.donationCustom = donation
    }
  }

  private func describeNetwork(
    _ features: inout FeatureVector, _ server: Server, _ history: ServerHistory
  ) {
    var prefixes: Set<String> = []
    var tenants: Set<String> = []
    for text in server.addresses {
      guard let address = IPAddress(text) else { continue }
      prefixes.insert(address.prefix(address.isIPv4 ? 24 : 48))
      if !address.isIPv4, let asn = history.addressASNs[text],
        let length = parameters.tenantPrefixes[asn]
      {
        tenants.insert(address.prefix(length))
      }
    }
    features.prefixes = prefixes.sorted()
    features.tenantPrefixes = tenants.sorted()
  }
}
