import Records
import Timekeeping

/// The thresholds by which a series of scans is read.
public struct SeriesRules: Sendable, Equatable {
  /// Length of an epoch of events. Unit: s.
  public var epochSeconds = 6 * 3600
  /// What happened between two observations further apart has no time. Unit: s.
  public var gapSeconds = 48 * 3600
  /// Two scans that begin no further apart are taken for simultaneous. Unit: s.
  public var concurrentSeconds = 3600
  /// An autonomous system is out where the servers of more than this share of their owners went down
  /// together...
  public var systemShare = 0.25
  /// ...out of at least so many whose servers were up...
  public var systemServers = 5
  /// ...for so long at most. Unit: s.
  public var systemSeconds = 72 * 3600
  /// A vantage is out where more than this share of all servers, and of their networks, fail...
  public var vantageShare = 0.5
  /// ...out of at least so many servers that were up...
  public var vantageServers = 10
  /// ...in at least so many networks.
  public var vantagePlaces = 5
  /// A change of version follows a release where more than this share of the implementation's servers
  /// make it...
  public var releaseShare = 0.2
  /// ...out of at least so many...
  public var releaseServers = 5
  /// ...within this time of the version's first sight. Unit: s.
  public var releaseSeconds = 72 * 3600

  public init() {}

  /// Number of the epoch that a time, in seconds since 1970, belongs to; 0 begins there.
  public func epoch(of seconds: Int) -> Int {
    Int((Double(seconds) / Double(epochSeconds)).rounded(.down))
  }

  /// When an epoch begins, UTC.
  public func start(ofEpoch epoch: Int) -> String { UTCTime.text(seconds: epoch * epochSeconds) }

  /// Whether something happened between two moments that lie too far apart to say when; nothing is known
  /// to lie far apart without times.
  func isGap(from: Int?, to: Int?) -> Bool {
    guard let from, let to else { return false }
    return to - from > gapSeconds
  }
}
