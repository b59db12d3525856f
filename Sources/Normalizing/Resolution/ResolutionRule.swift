/// Permanent ids of the rules that decide which endpoints are one server (methods 1.1).
enum ResolutionRule: String, CaseIterable {
  /// S1: several names lead to one address and port. Joins nothing: there is one endpoint.
  case severalNames = "resolution.several-names"
  /// S2: one key at one address, or at the addresses of one name.
  case sameKey = "resolution.same-key"
  /// S5: a session ticket of one is taken by the other.
  case resumedTicket = "resolution.resumed-ticket"
  /// S6: one key at one IPv4 and one IPv6 address of one network, without names.
  case dualStackTwin = "resolution.dual-stack-twin"
  /// S7: an onion service and a clearnet server with one key, or that name each other.
  case onionTwin = "resolution.onion-twin"
  /// S3: each names the other in server.features.
  case mutualHosts = "resolution.mutual-hosts"
  /// S4: one address, equal server.features, agreeing tips.
  case sameFeatures = "resolution.same-address-features"
  /// S4 where neither tells its features: one address, one identification, one behaviour.
  case sameBehaviour = "resolution.same-address-behaviour"
  /// One address, named in one peer tuple.
  case listedTogether = "resolution.listed-together"
  /// V1: strangers hold the key.
  case copiedKey = "veto.copied-key"
  /// V2: other chain.
  case otherGenesis = "veto.other-genesis"
  /// V3: tips too far apart for too long.
  case height = "veto.height"
  /// Other software.
  case otherSoftware = "veto.other-software"
  /// The key of an onion service is at several servers.
  case ambiguousKey = "veto.ambiguous-key"
  /// V4: only one names the other.
  case oneSidedClaim = "claim.one-sided"
  /// A tuple names two ports of one address together, and those who answer there do not.
  case listedClaim = "claim.listed-together"
}

/// What a rule's evidence amounts to. The stronger decides first.
enum EvidenceStrength {
  /// Possession of one secret: also of servers that are upgraded one after the other.
  case proof
  /// What servers say of themselves and each other: equal words alone.
  case word
}
