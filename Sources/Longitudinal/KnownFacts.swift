import Records

/// Something that is not as it was last seen.
struct SeenChange: Equatable {
  let kind: ServerChange
  /// When it was last seen as it was, in seconds since 1970. nil: in a scan without a time.
  let since: Int?
}

/// What was last seen of a server besides its state: claim, certificates, addresses.
struct KnownFacts {
  private(set) var claim: ServerSighting.Claim?
  private var leaves: [String: String] = [:]
  /// The leaf certificates of the last scan that saw any.
  private var shown: Set<String> = []
  private var addresses: [AddressFamily: Set<String>] = [:]
  private var seen: [ServerChange: Int] = [:]

  /// Takes in what a scan saw.
  ///
  /// - Returns: what differs from what was known, in the order of `ServerChange`.
  mutating func take(_ sighting: ServerSighting, at seconds: Int?) -> [SeenChange] {
    var changes: [SeenChange] = []
    if let claim = sighting.claim {
      if let known = self.claim, known.text != claim.text {
        changes.append(SeenChange(kind: .version, since: seen[.version]))
        changes.append(SeenChange(kind: .restart, since: seen[.version]))
      }
      self.claim = claim
      seen[.version] = seconds
    }
    if !sighting.leaves.isEmpty {
      if showsAnother(sighting) {
        changes.append(SeenChange(kind: .certificate, since: seen[.certificate]))
      }
      leaves.merge(sighting.leaves) { $1 }
      shown = Set(sighting.leaves.values)
      seen[.certificate] = seconds
    }
    if !sighting.addresses.isEmpty {
      if hasMoved(sighting) {
        changes.append(SeenChange(kind: .address, since: seen[.address]))
      }
      addresses.merge(sighting.addresses) { $1 }
      seen[.address] = seconds
    }
    return changes
  }

  /// An endpoint shows another leaf, or nothing that the server showed is shown any more.
  private func showsAnother(_ sighting: ServerSighting) -> Bool {
    let isAnother = sighting.leaves.contains { endpoint, leaf in
      leaves[endpoint].map { $0 != leaf } ?? false
    }
    return isAnother || !shown.isEmpty && shown.isDisjoint(with: sighting.leaves.values)
  }

  /// In a family, it was reached at none of the addresses of the time before.
  private func hasMoved(_ sighting: ServerSighting) -> Bool {
    sighting.addresses.contains { family, now in
      addresses[family].map { $0.isDisjoint(with: now) } ?? false
    }
  }
}
