import Artifact
import Records
import ServerTexts

/// The values by which servers become candidate pairs for linkage (methods 4.2).
///
/// What is unknown makes no key, nor do texts that software ships with. Values of kinds that strangers
/// often share are marked as dropped where they are common; nothing is left out silently.
struct BlockingKeys {
  /// Values of at most so many servers are never dropped: they make few pairs.
  static let commonServers = 10
  /// Share of the servers with any value of the kind from which a value is too common.
  static let commonFrequency = 0.05

  private struct Key: Hashable {
    let kind: BlockingKind
    let value: String
  }

  private var servers: [Key: Set<String>] = [:]

  /// - Parameter server: the last of everything that was observed of it.
  mutating func take(_ features: FeatureVector, _ server: Server) {
    let id = features.serverID
    add(.spki, features.spkiSHA256s, of: id)
    if let profile = features.certificateProfile {
      let digest = ContentDigest.hex(profile.utf8)
      add(.profileInAS, features.asns.map { "\(digest) AS\($0)" }, of: id)
    }
    add(.domain, features.registrableDomains, of: id)
    if features.bannerIsDefault == false, features.bannerMaskSHA256 != Self.nothingMasked {
      add(.banner, [features.bannerMaskSHA256].compactMap(\.self), of: id)
    }
    add(.donation, [features.donationCustom].compactMap(\.self), of: id)
    add(.contact, Self.contacts(features, server), of: id)
    if !features.ports.isEmpty { add(.ports, [features.ports.joined(separator: " ")], of: id) }
    add(.prefix, features.prefixes.filter { $0.hasSuffix("/24") }, of: id)
    add(.tenantPrefix, features.tenantPrefixes, of: id)
    add(.autonomousSystem, features.asns.map { "AS\($0)" }, of: id)
  }

  private static let nothingMasked = ContentDigest.hex("".utf8)

  private static func contacts(_ features: FeatureVector, _ server: Server) -> [String] {
    var texts: [String] = []
    if features.bannerIsDefault == false, let banner = server.banner { texts.append(banner) }
    if let donation = features.donationCustom { texts.append(donation) }
    return texts.flatMap { ContactTokens(in: $0).tokens }.map { "\($0.kind.rawValue) \($0.value)" }
  }

  private mutating func add(_ kind: BlockingKind, _ values: [String], of serverID: String) {
    for value in values where !value.isEmpty {
      servers[Key(kind: kind, value: value), default: []].insert(serverID)
    }
  }

  func rows() -> [BlockingKey] {
    var known: [BlockingKind: Set<String>] = [:]
    for (key, members) in servers { known[key.kind, default: []].formUnion(members) }
    var rows: [BlockingKey] = []
    for (key, members) in servers {
      let any = known[key.kind]?.count ?? 0
      let frequency = (Double(members.count) + 0.5) / Double(any + 1)
      let isDropped =
        key.kind.isOftenShared && members.count > Self.commonServers
        && frequency >= Self.commonFrequency
      for id in members {
        rows.append(
          BlockingKey(
            kind: key.kind, value: key.value, serverID: id, servers: members.count,
            frequency: frequency, isDropped: isDropped))
      }
    }
    return rows
  }
}
