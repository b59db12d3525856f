import Artifact
import Records

/// Equivalence classes of response signatures under missing observations.
///
/// Servers in order of (missing probes, id) join the first class whose representative agrees on
/// every probe that both answered, if those are enough; they fill the representative's gaps.
struct BehaviourClasses {
  /// A server's signature by probe.
  struct Profile {
    let serverID: String
    let signatures: [String: String]
  }

  private let probes: [String]
  private let parameters: ClusterParameters
  private(set) var classes: [(representative: [String: String], members: [String])] = []
  private(set) var unclassed: [String] = []

  init(_ profiles: [Profile], parameters: ClusterParameters) {
    self.parameters = parameters
    probes = Set(profiles.flatMap(\.signatures.keys)).sorted()
    let ordered = profiles.sorted {
      ($1.signatures.count, $0.serverID) < ($0.signatures.count, $1.serverID)
    }
    for profile in ordered { place(profile) }
  }

  /// Share of all probes that the profile covers.
  func coverage(of profile: Profile) -> Double {
    probes.isEmpty ? 0 : Double(profile.signatures.count) / Double(probes.count)
  }

  private mutating func place(_ profile: Profile) {
    guard !probes.isEmpty, coverage(of: profile) >= parameters.minimumCoverage else {
      unclassed.append(profile.serverID)
      return
    }
    for index in classes.indices where agrees(profile, classes[index].representative) {
      classes[index].members.append(profile.serverID)
      classes[index].representative.merge(profile.signatures) { known, _ in known }
      return
    }
    classes.append((profile.signatures, [profile.serverID]))
  }

  private func agrees(_ profile: Profile, _ representative: [String: String]) -> Bool {
    var joint = 0
    for (probe, signature) in profile.signatures {
      guard let other = representative[probe] else { continue }
      guard other == signature else { return false }
      joint += 1
    }
    return Double(joint) >= parameters.minimumOverlap * Double(probes.count)
  }

  /// Id of a class, from what its members answer: the same in every dataset.
  static func id(of representative: [String: String]) -> String {
    let text = representative.keys.sorted().map { "\($0)=\(representative[$0] ?? "")" }
    return Identifier.group(prefix: "k_", anchor: text.joined(separator: "\n"))
  }

  /// One row for each profile.
  func memberships(of profiles: [Profile]) -> [BehaviourMembership] {
    var classOf: [String: (id: String, size: Int)] = [:]
    for group in classes {
      let id = Self.id(of: group.representative)
      for member in group.members { classOf[member] = (id, group.members.count) }
    }
    return profiles.map { profile in
      BehaviourMembership(serverID: profile.serverID).with {
        $0.classID = classOf[profile.serverID]?.id
        $0.classSize = classOf[profile.serverID]?.size
        $0.coverage = coverage(of: profile)
      }
    }
  }
}
