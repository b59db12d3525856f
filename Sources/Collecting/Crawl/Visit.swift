package import Probing

/// One visit to an endpoint: all connections of the plan, the question for peers once more, or a later
/// connection to a server that was visited before.
package struct Visit: Comparable, Sendable {
  package enum Purpose: Sendable, Equatable {
    case first
    case peers
    /// The second or third visit of the plan.
    case later(ProbeSession, [AssignedQuestion])
  }

  package let candidate: Candidate
  package var purpose = Purpose.first
  /// Connections made to the endpoint before.
  package var connections = 0

  package init(candidate: Candidate) {
    self.candidate = candidate
  }

  package var isRepeat: Bool { connections > 0 }

  package var isLater: Bool { if case .later = purpose { true } else { false } }

  /// The one session of a visit that has one; nil for the first visit.
  func session(_ settings: Crawl.Settings) -> ProbeSession? {
    switch purpose {
    case .first: nil
    case .peers: settings.peersAgain
    case .later(let session, _): session
    }
  }

  /// What is led, in order.
  ///
  /// - Parameter answers: gets what the probes are assigned to ask.
  func sessions(_ settings: Crawl.Settings, _ answers: inout EarlierAnswers) -> [ProbeSession] {
    if case .later(_, let questions) = purpose {
      for question in questions { answers.assign(question) }
    }
    return session(settings).map { [$0] } ?? settings.plan.sessions(at: candidate.address)
  }

  package static func == (left: Visit, right: Visit) -> Bool {
    left.candidate == right.candidate && left.connections == right.connections
      && left.purpose == right.purpose
  }

  package static func < (left: Visit, right: Visit) -> Bool {
    left.isRepeat == right.isRepeat ? left.candidate < right.candidate : right.isRepeat
  }
}

extension [Visit] {
  /// Takes out the visit that may begin first; of several the smallest.
  ///
  /// - Parameter ready: when a visit may begin.
  package mutating func takeNext<Time: Comparable>(
    readyAt ready: (Visit) -> Time
  ) -> Visit? {
    let best = indices.min { left, right in
      let times = (ready(self[left]), ready(self[right]))
      return times.0 == times.1 ? self[left] < self[right] : times.0 < times.1
    }
    return best.map { remove(at: $0) }
  }
}
