import Artifact
import Digests
import Records

/// The values by which servers become candidate pairs for linkage.
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

  /// - Parameter contacts: what its last texts name.
  mutating func take(_ profile: FeatureProfile, contacts: [Contact]) {
    let id = profile.serverID
    let features = profile.features
    guard profile.isUnit else { return }
    add(.spki, features.texts(.spkiSHA256s), of: id)
    let systems = features.texts(.asns)
    if let template = features.text(.certificateTemplate) {
      let digest = SHA256.hex(template.utf8)
      add(.profileInAS, systems.map { "\(digest) AS\($0)" }, of: id)
    }
    add(.domain, features.texts(.registrableDomains), of: id)
    let isCustom = features.boolean(.bannerIsDefault) == false
    let mask = features.text(.bannerMaskSHA256)
    let isOwn = isCustom && features.boolean(.bannerIsOrdinary) != true
    if isOwn, let mask, mask != Self.nothingMasked { add(.banner, [mask], of: id) }
    add(.donation, features.words(.donationCustom), of: id)
    let hasOwnDonation = features.boolean(.donationIsDefault) == false
    let own = contacts.filter { contact in
      switch contact.source {
      case .banner: isCustom && !contact.kind.isDestination
      case .donationAddress: hasOwnDonation && !contact.kind.isDestination
      case .serverVersion: false
      }
    }
    // The same token may stand in both texts: a server is counted once.
    add(.contact, own.map { "\($0.kind.rawValue) \($0.token)" }, of: id)
    let ports = features.texts(.ports)
    if !ports.isEmpty { add(.ports, [ports.joined(separator: " ")], of: id) }
    add(.prefix, features.texts(.prefixes).filter { $0.hasSuffix("/24") }, of: id)
    add(.tenantPrefix, features.texts(.tenantPrefixes), of: id)
    add(.autonomousSystem, systems.map { "AS\($0)" }, of: id)
  }

  private static let nothingMasked = SHA256.hex("".utf8)

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
          BlockingKey(kind: key.kind, value: key.value, serverID: id).with {
            $0.servers = members.count
            $0.frequency = frequency
            $0.isDropped = isDropped
          })
      }
    }
    return rows
  }
}
