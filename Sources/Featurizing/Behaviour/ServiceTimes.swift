import Records

/// Service times of all servers over a series: differences within a connection only, so
/// that the way to a server, over Tor too, falls out.
///
/// Memory does not grow with the number of scans: at most 1,136 counts a server, probe and path.
struct ServiceTimes {
  /// Fewer than so many times tell of no distribution.
  static let minimumCount = 5

  private struct TimedPath: Hashable {
    let serverID: String
    let probe: String
    let path: ConnectionPath
  }

  private struct Sample {
    var times = LogHistogram()
    var delayed = 0
    var unjudged = 0
    var withoutPing = 0

    mutating func take(_ record: ExchangeRecord) {
      switch (record.delay, record.serviceMilliseconds) {
      case (.possible, _): delayed += 1
      case (nil, _): unjudged += 1
      case (.absent, nil): withoutPing += 1
      case (.absent, let time?): times.insert(milliseconds: time)
      }
    }
  }

  private var onions: Set<String> = []
  private var samples: [TimedPath: Sample] = [:]

  mutating func take(_ endpoint: Endpoint) {
    if endpoint.network == .onion { onions.insert(endpoint.endpointID) }
  }

  /// Takes in an exchange of an endpoint that was taken in before.
  mutating func take(_ record: ExchangeRecord) {
    guard record.outcome == .answered || record.outcome == .replyError,
      !record.probe.hasPrefix("server.ping")
    else { return }
    let place = TimedPath(
      serverID: record.serverID, probe: record.probe,
      path: onions.contains(record.endpointID) ? .onion : .direct)
    samples[place, default: Sample()].take(record)
  }

  func rows() -> [ServiceTime] { samples.map { Self.row($0, $1) } }

  private static func row(_ place: TimedPath, _ sample: Sample) -> ServiceTime {
    var row = ServiceTime(serverID: place.serverID, probe: place.probe, path: place.path).with {
      $0.count = sample.times.count
      $0.delayed = sample.delayed
      $0.unjudged = sample.unjudged
      $0.withoutPing = sample.withoutPing
    }
    guard sample.times.count >= minimumCount else { return row }
    row.median = sample.times.quantile(0.5)
    row.spread = sample.times.spread()
    row.q10 = sample.times.quantile(0.1)
    row.q90 = sample.times.quantile(0.9)
    return row
  }
}
