/// One visit to an endpoint: all connections of the plan, or the question for peers once more.
package struct Visit: Comparable, Sendable {
  package let candidate: Candidate
  /// Connections made to the endpoint before.
  package var connections = 0

  package init(candidate: Candidate) {
    self.candidate = candidate
  }

  package var isRepeat: Bool { connections > 0 }

  package static func < (left: Visit, right: Visit) -> Bool {
    left.isRepeat == right.isRepeat ? left.candidate < right.candidate : right.isRepeat
  }
}

extension [Visit] {
  /// Takes out the visit that may begin first; of several the smallest.
  ///
  /// - Parameter ready: when a candidate's address may have its next connection.
  package mutating func takeNext<Time: Comparable>(
    readyAt ready: (Candidate) -> Time
  ) -> Visit? {
    let best = indices.min { left, right in
      let times = (ready(self[left].candidate), ready(self[right].candidate))
      return times.0 == times.1 ? self[left] < self[right] : times.0 < times.1
    }
    return best.map { remove(at: $0) }
  }
}
