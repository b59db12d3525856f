import Ordering
import Records
import Statistics
import Timekeeping

/// Of each server those whose nodes' mempools are nearest: candidate pairs for linkage.
///
/// Mempools change by the minute, so that only samples of one scan that were taken within seconds of
/// each other compare; how long a scan takes, and who else is in it, has no part. Memory is that of the
/// last samples of each server, time that of all pairs of servers.
struct BackendCandidates {
  static let nearest = 10
  /// Of a server, one a scan.
  static let mostSamples = 24
  /// Of two servers.
  static let fewestSamples = 5
  /// Servers cache their histograms for tens of seconds.
  static let secondsApart = 30

  private struct Sample {
    let scan: Int
    let second: Int
    let sizes: [Double]
  }

  private struct Near {
    let otherID: String
    let distance: Double
    let samples: Int
  }

  private var scan = 0
  private var scanName: String?
  private var samples: [String: [Sample]] = [:]

  /// Takes in a vector; those of a scan come in a row, and scans in the order of the series. Of a scan
  /// the first sample of a server counts.
  mutating func take(_ vector: BackendVector) {
    if vector.scan != scanName { (scan, scanName) = (scan + 1, vector.scan) }
    let sizes = vector.sizeAtLeast.compactMap { Double($0) }
    guard let time = vector.observedAt.flatMap({ UTCTime.microseconds($0) }), !sizes.isEmpty,
      sizes.count == vector.sizeAtLeast.count, sizes.allSatisfy({ $0 >= 0 && $0.isFinite })
    else { return }
    var own = samples[vector.serverID] ?? []
    if own.last?.scan == scan { return }
    if own.count == Self.mostSamples { own.removeFirst() }
    own.append(Sample(scan: scan, second: time / 1_000_000, sizes: sizes))
    samples[vector.serverID] = own
  }

  func rows() -> [BackendCandidate] {
    let servers = samples.filter { $0.value.count >= Self.fewestSamples }
      .sorted { $0.key < $1.key }
    var near = [[Near]](repeating: [], count: servers.count)
    for one in servers.indices {
      for other in servers.indices[(one + 1)...] {
        let distances = Self.distances(servers[one].value, servers[other].value)
        guard distances.count >= Self.fewestSamples, let median = Quantiles.median(distances) else {
          continue
        }
        // Others come in the order of their ids, so that ties are in it.
        for (place, id) in [(one, servers[other].key), (other, servers[one].key)] {
          Self.insert(
            Near(otherID: id, distance: median, samples: distances.count), in: &near[place])
        }
      }
    }
    return zip(servers, near).flatMap { server, near in
      near.enumerated().map { rank, other in
        BackendCandidate(serverID: server.key, otherID: other.otherID).with {
          $0.rank = rank + 1
          $0.distance = other.distance
          $0.samples = other.samples
        }
      }
    }
  }

  private static func insert(_ new: Near, in near: inout [Near]) {
    let place = near.firstIndex { new.distance < $0.distance } ?? near.count
    guard place < nearest else { return }
    near.insert(new, at: place)
    if near.count > nearest { near.removeLast() }
  }

  /// Of the scans that both have.
  private static func distances(_ a: [Sample], _ b: [Sample]) -> [Double] {
    var distances: [Double] = []
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if a[i].scan < b[j].scan {
        i += 1
      } else if a[i].scan > b[j].scan {
        j += 1
      } else {
        if abs(a[i].second - b[j].second) <= secondsApart,
          let distance = distance(a[i].sizes, b[j].sizes)
        {
          distances.append(distance)
        }
        (i, j) = (i + 1, j + 1)
      }
    }
    return distances
  }

  /// Σ|Fa − Fb| / Σmax(Fa, Fb) over the fee rates (Ruzicka distance); nil where both are empty, or of different form.
  private static func distance(_ a: [Double], _ b: [Double]) -> Double? {
    guard a.count == b.count else { return nil }
    var (difference, greatest) = (0.0, 0.0)
    for index in a.indices {
      difference += (a[index] - b[index]).magnitude
      greatest += max(a[index], b[index])
    }
    return greatest > 0 && greatest.isFinite ? difference / greatest : nil
  }
}
