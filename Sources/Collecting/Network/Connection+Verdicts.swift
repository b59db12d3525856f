package import Records

extension Outcome {
  var isFailedHandshake: Bool { self == .tlsFailed || self == .tlsClosed }
}

extension Connection {
  /// Whether the server had enough of us: nothing more is asked of its address in the scan.
  package var isThrottled: Bool {
    outcome == .throttled || exchanges.contains { $0.outcome == .throttled }
  }
}
