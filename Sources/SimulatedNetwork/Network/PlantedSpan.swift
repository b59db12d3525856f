public import Artifact
internal import ElectrumProtocol
internal import SimulatedServers

/// Epochs in a row at which a planted deviation holds.
public struct PlantedSpan: ColumnGroup, Equatable {
  public var fromEpoch = 0
  /// The permanent word of the deviation.
  public var kind = ""
  public var untilEpoch = 0

  public init() {}

  init(fromEpoch: Int, kind: String, untilEpoch: Int) {
    self.fromEpoch = fromEpoch
    self.kind = kind
    self.untilEpoch = untilEpoch
  }

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.integer("from_epoch", &fromEpoch, "First epoch, from 0.")
    try c.text("kind", &kind, "Kind of the deviation.")
    try c.integer("until_epoch", &untilEpoch, "Last epoch.")
  }
}

/// Collects the spans of each server, epoch by epoch.
struct PlantedSpans {
  /// Word of a server that says it is other software than the one that answers.
  static let claimWord = "false-software"

  private var open: [[String: Int]]
  private var closed: [[PlantedSpan]]

  init(count: Int) {
    open = Array(repeating: [:], count: count)
    closed = Array(repeating: [], count: count)
  }

  /// - Parameter states: of every server, in the plan's order.
  mutating func add(_ states: [ServerState], epoch: Int) {
    for (server, state) in states.enumerated() where server < open.count {
      let holding = Set(state.deviationWords + (claimsOther(state) ? [Self.claimWord] : []))
      if holding.isEmpty, open[server].isEmpty { continue }
      for (kind, start) in open[server].filter({ !holding.contains($0.key) }) {
        closed[server].append(PlantedSpan(fromEpoch: start, kind: kind, untilEpoch: epoch - 1))
        open[server][kind] = nil
      }
      for kind in holding where open[server][kind] == nil { open[server][kind] = epoch }
    }
  }

  private func claimsOther(_ state: ServerState) -> Bool {
    state.profile.claimedSoftware.map { $0 != state.profile.software.raw } ?? false
  }

  /// In the order of the first epoch, then of the kind.
  func all(lastEpoch: Int) -> [[PlantedSpan]] {
    zip(open, closed).map { open, closed in
      (closed
        + open.map { PlantedSpan(fromEpoch: $1, kind: $0, untilEpoch: lastEpoch) })
        .sorted { ($0.fromEpoch, $0.kind) < ($1.fromEpoch, $1.kind) }
    }
  }
}
