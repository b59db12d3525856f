import ElectrumProtocol
import Foundation
import Synchronization
import TestSupport

@testable import SimulatedNetwork

/// The scenario that ships, and small changes to it.
enum DemoScenario {
  private static let starts = Atomic<Int>(0)

  static func text() throws -> String {
    try String(contentsOfFile: PackageRoot.path("datasets/scenarios/demo.json"), encoding: .utf8)
  }

  static func parsed() throws -> Scenario {
    try Scenario(parsing: Array(try text().utf8))
  }

  /// The scenario's text with one change must not be accepted.
  static func failure(replacing old: String, with new: String) -> ScenarioError? {
    do {
      let text = try text()
      guard let range = text.range(of: old) else { return nil }
      _ = try Scenario(parsing: Array(text.replacingCharacters(in: range, with: new).utf8))
      return nil
    } catch {
      return error as? ScenarioError
    }
  }

  /// Starts a network of the plan on addresses that no other run uses: networks side by side on
  /// one machine are shifted against each other until all their ports are free.
  static func started(
    epochs: Int = 1, log: RequestLog? = nil, limits: ConnectionLimits = ConnectionLimits(),
    adjusting adjust: (ServerState) -> ServerState = { $0 }
  ) async throws -> SimulatedNetwork {
    var last: (any Error)?
    for attempt in 0..<40 {
      // Tests of one run begin apart: a plan takes seconds to make.
      let start = Int(ProcessInfo.processInfo.processIdentifier) % 40
      let offset = 50 + start + (starts.add(1, ordering: .relaxed).newValue + attempt * 7) % 100
      do {
        let scenario = try parsed().shifted(by: offset)
        return try await SimulatedNetwork.start(
          try NetworkPlan(scenario, epochs: epochs), log: log, limits: limits, adjusting: adjust)
      } catch let error as SimulationError where error.code == .addressInUse {
        last = error
      }
    }
    throw last ?? SimulationError(.cannotBind, place: "demo", found: "nothing", remedy: "")
  }
}

extension SimulatedNetwork {
  /// The first epoch's states with a change.
  func become(_ adjust: (ServerState) -> ServerState) async throws {
    try await become(plan.states(at: 0).map(adjust))
  }
}
