import Records

/// What kind of thing two servers share. Evidence of one group counts once, since one act makes all of
/// it: who copies a banner copies the donation address in it.
enum EvidenceGroup: String, RuleGroup, CaseIterable {
  /// A secret.
  case key
  /// Names that lead to the servers.
  case name
  /// What an operator configures, and anybody can read and copy.
  case config
  /// Where the servers are.
  case network

  /// Whether sharing it proves one operator: nobody has a secret who was not given it.
  var isProof: Bool {
    switch self {
    case .key: true
    case .name, .config, .network: false
    }
  }

  /// Whether it may join two servers: what anybody can read and copy only supports what joins them, or
  /// a chain of copied texts would make one operator of strangers.
  var mayJoin: Bool {
    switch self {
    case .key, .name, .network: true
    case .config: false
    }
  }

  /// Whether it anchors identity together with another group: a name or a place is not had by whoever
  /// copies texts, so that framing cannot make both.
  var anchorsIdentity: Bool {
    switch self {
    case .name, .network: true
    case .key, .config: false
    }
  }
}

extension Set<EvidenceGroup> {
  /// Independent groups without which words and places link nobody beyond doubt.
  private static let groupsOfIdentity = 2

  var hasProof: Bool { contains(where: \.isProof) }

  var mayJoin: Bool { contains(where: \.mayJoin) }

  /// Whether a stranger's framing cannot have made all of this evidence.
  var isRobust: Bool {
    hasProof || (count >= Self.groupsOfIdentity && contains(where: \.anchorsIdentity))
  }
}
