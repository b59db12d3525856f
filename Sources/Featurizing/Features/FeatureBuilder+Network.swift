import Addressing
import Ordering
import Records

/// Features of names and addresses.
extension FeatureBuilder {
  func describeNames(_ features: inout FeatureSet, _ observation: EpochObservation) {
    let server = observation.server
    guard !server.verifiedNames.isEmpty else {
      let value: FeatureValue =
        server.names.isEmpty ? .absent : .unknown(.unverifiedName)
      for feature in [Feature.names, .registrableDomains, .hostTemplates] {
        features[feature] = value
      }
      return
    }
    features[.names] = .set(server.verifiedNames)
    features[.registrableDomains] =
      server.registrableDomains.isEmpty
      ? .unknown(.sharedDomain) : .set(server.registrableDomains)
    let templates = server.textFacts.hostTemplates
    features[.hostTemplates] =
      templates.isEmpty ? .unknown(.sharedDomain) : .set(templates)
  }

  func describeNetwork(_ features: inout FeatureSet, _ observation: EpochObservation) {
    let endpoints = observation.endpoints
    features[.networks] = .set(endpoints.map(\.network.rawValue))
    let ports = { (endpoint: Endpoint) in "\(endpoint.transport.rawValue):\(endpoint.port)" }
    features[.ports] = .set(endpoints.map(ports))
    let open = endpoints.filter(\.reached).map(ports)
    if !open.isEmpty { features[.openPorts] = .set(open) }
    let direct = endpoints.filter { $0.network == .ipv4 || $0.network == .ipv6 }
    if let least = direct.compactMap(\.connectMilliseconds).min() {
      features[.connectMilliseconds] = .number(least)
    } else if observation.isReached, direct.isEmpty {
      features[.connectMilliseconds] = .unknown(.proxy)
    }
    describePlaces(&features, observation, direct)
  }

  private func describePlaces(
    _ features: inout FeatureSet, _ observation: EpochObservation,
    _ direct: [Endpoint]
  ) {
    let addresses = Set(direct.map(\.address)).sorted().compactMap { IPAddress($0) }
    guard !addresses.isEmpty else {
      let value: FeatureValue =
        observation.endpoints.contains { $0.network == .onion }
        ? .absent : .unknown(.outcome(observation.server.outcome))
      for feature in [
        Feature.prefixes, .widePrefixes, .tenantPrefixes, .asns, .countries, .country,
      ] { features[feature] = value }
      return
    }
    features[.prefixes] = .set(addresses.map { $0.prefix($0.isIPv4 ? 24 : 64) })
    features[.widePrefixes] = .set(addresses.map { $0.prefix($0.isIPv4 ? 16 : 48) })
    features[.tenantPrefixes] = .set(
      direct.compactMap { endpoint in
        guard endpoint.network == .ipv6, let asn = endpoint.geography.asn,
          let length = parameters.tenantPrefixes[asn]
        else { return nil }
        return IPAddress(endpoint.address)?.prefix(length)
      })
    let noDatabase = FeatureValue.unknown(.noDatabase)
    let asns = Set(direct.compactMap(\.geography.asn)).map(String.init)
    if asns.isEmpty, features[.tenantPrefixes] == .absent {
      // Whose prefix it is decides; without that nothing is known.
      features[.tenantPrefixes] = noDatabase
    }
    features[.asns] = asns.isEmpty ? noDatabase : .set(asns)
    let countries = Set(direct.compactMap(\.geography.country))
    features[.countries] = countries.isEmpty ? noDatabase : .set(countries)
    if let country = countries.first {
      features[.country] = countries.count == 1 ? .text(country) : .unknown(.several)
    } else {
      features[.country] = noDatabase
    }
  }
}
