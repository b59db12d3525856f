public import Artifact

extension Outcome: ColumnWord {}

/// Whether a server's traffic padding can have held a reply back, by the rule of its releases.
public enum ReplyDelay: String, ColumnWord {
  case absent
  case possible
}

/// Address family of an endpoint; `unresolved` where a name gave no address.
public enum AddressFamily: String, ColumnWord {
  case ipv4
  case ipv6
  case onion
  case unresolved
}

/// How Electrum's protocol is carried.
public enum Transport: String, ColumnWord {
  case tcp
  case ssl
  case ws
  case wss
}

/// Kind of list that a raw listing comes from.
public enum ListingKind: String, ColumnWord {
  /// A pinned public list from which a crawl starts.
  case bootstrap
  /// The record of a foreign scan.
  case `import`
}

/// Which leave of a list ends a host's life.
public enum ListingDeparture: String, ColumnWord {
  /// The first one, whether or not it comes back.
  case first
  /// The one after which it is not listed again.
  case last
}

/// Kind of source that advertises a peer.
public enum AdvertisementKind: String, ColumnWord {
  case bootstrap
  case `import`
  /// A server's own reply to server.peers.subscribe.
  case peers
}

/// Observation is not absence.
public enum ValueStatus: String, ColumnWord {
  /// The server answered with a value.
  case value
  /// The server answered and has none.
  case absent
  /// We did not learn it.
  case unknown
}

/// Where coordinates come from.
public enum LocationPrecision: String, ColumnWord {
  case coordinates
  case countryCentroid = "country-centroid"
}

/// What a resolution rule did with a pair of endpoints.
public enum ResolutionDecision: String, ColumnWord {
  case merged
  case vetoed
  /// A one-sided claim: kept, never merged.
  case claimed
}

/// What happened to a server's id from scan to scan.
public enum LineageKind: String, ColumnWord {
  /// It was in the scan before, with enough of the same endpoints.
  case carried
  /// No server of an earlier scan has enough of its endpoints.
  case new
  /// It was in an earlier scan, and not in the one before.
  case returned
  /// It has endpoints of servers that are still there, or that fell apart.
  case split
  /// It has all or most endpoints of servers that are gone.
  case merged
}

/// Which text of a server.
public enum ServerTextKind: String, ColumnWord {
  case banner
  case donationAddress = "donation-address"
  case serverVersion = "server-version"
}

/// How far the evidence for a likely operator carries.
public enum OperatorLabel: String, ColumnWord {
  /// One identity throughout, with a proof: possession of one key, or a ticket resumed.
  case confirmed
  /// Two groups of evidence or more, of which nobody else can make one.
  case probable
  /// Linked by operator evidence that carries less far: possibly one operator.
  case likely
  /// No operator evidence joins it with another server.
  case single
}

/// State of an indicator.
public enum IndicatorStatus: String, ColumnWord {
  case fired
  case passed
  case unknown
  /// Nothing of the series could have measured it, so that no server's coverage lacks it.
  case notMeasured = "not-measured"
}

/// What kind of statement a verdict is; the three are never mixed.
public enum VerdictClass: String, ColumnWord {
  /// A cryptographic or protocol-level contradiction.
  case proved
  /// A likelihood with an error rate.
  case statistical
  /// No claim.
  case descriptive
}

/// A server's deviation in words.
public enum Verdict: String, ColumnWord {
  case proved = "deviation-proved"
  case suspected = "deviation-suspected"
  case none = "no-deviation-seen"
  case insufficient = "insufficient-evidence"
}

/// What a scan as a whole must not be used without knowing.
public enum ScanMark: String, Sendable {
  /// More than half of the servers that tell a genesis hash tell one of another known network than
  /// the scan's.
  case otherChain = "other-chain"
}

/// What the chain of a server is known by.
public enum ChainEvidence: String, ColumnWord {
  /// By its genesis hash alone, which forks share.
  case genesis
  /// By the headers behind the splits of its genesis block's chains.
  case header
}

/// Why an indicator of a server is unknown.
public enum IndicatorUnknownReason: String, ColumnWord {
  /// This release does not evaluate the rule.
  case notEvaluated = "not-evaluated"
  /// Too little was seen of the server.
  case notObserved = "not-observed"
  /// The rule depends on the chain, and most servers of the scan are of another one.
  case otherChain = "other-chain"
  /// The plan asked nobody.
  case notAsked = "not-asked"
  /// It needs scans from two places at the same time.
  case oneVantage = "one-vantage"
  /// It needs the experiment with clients of several names.
  case noExperiment = "no-experiment"
  /// The rules of conduct forbid to measure it.
  case conduct
}
