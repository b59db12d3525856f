public import Artifact

/// Whether a server was up, in one scan and from one vantage.
public enum Liveness: String, ColumnWord {
  /// A connection to one of its endpoints was established, and TLS completed where there is any.
  case up
  /// It was tried, and the network or the host refused or said nothing.
  case down
  /// Not tried, or tried so that a failure may be ours.
  case unknown
}

/// What is seen to have changed at a server since its last known state.
public enum ServerChange: String, ColumnWord {
  /// Up before, down now.
  case down
  /// Down before, up now.
  case `return`
  /// Another text in reply to server.version.
  case version
  /// Implied by a change of version: no program changes it while it runs. Nothing else proves one.
  case restart
  /// An endpoint shows another leaf certificate, or the server none of those that it showed.
  case certificate
  /// Reached in an address family at none of the addresses where it was reached before.
  case address
}

/// Why a failure is not held against a server, or an event says nothing of its own rhythm.
public enum ExclusionRule: String, ColumnWord {
  /// The vantage point failed, or its scan ended early.
  case vantage = "outage.vantage"
  /// Many servers of one autonomous system went down together.
  case system = "outage.as"
  /// Another vantage reached it at nearly the same time.
  case path = "outage.path"
  /// Many servers of the implementation went to a version soon after it appeared.
  case release = "outage.release"
  /// Too long between two observations to say when it happened.
  case gap = "event.gap"
}
