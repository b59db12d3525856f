package import Artifact
import ElectrumProtocol
import Probing
package import Records

extension Crawl {
  struct Settings: Sendable {
    var concurrency = 128
    var byteBudget = 1 << 30
    var timeBudget: Duration = .seconds(4 * 3600)
    var network = BitcoinNetwork.mainnet
    var plan: ProbePlan
    /// Between two arms of an experiment at one server.
    var armPause = Duration.seconds(ProbePlan.secondsBetweenArms)
    /// Answers to the question for peers that one address is asked for, and the time between them.
    var peerAnswers = 1
    var peerSpacing = Duration.seconds(60)
    /// From the end of one visit to the next snapshot of fees of the same server.
    var snapshotSpacing = Duration.seconds(120)
    /// Asks for peers once more.
    var peersAgain = ProbeSession.peersAgain(clientName: "")
    /// Bytes that a server may send on one connection.
    var attemptBytes = 4 << 20
    /// Time that earlier runs at the scan took.
    var spent = Duration.zero
  }

  /// Why a crawl ended before its frontier was empty.
  package enum Cause: Sendable, Equatable {
    case signal(Int32)
    case byteBudget
    case timeBudget
    /// It was interrupted before, and is not gone on with.
    case given(String)
    /// What was seen could not be written down.
    case journal(ArtifactError)

    /// The outcome of what was known and is now not contacted.
    package var outcome: Outcome {
      switch self {
      case .byteBudget, .timeBudget: .untestedBudget
      case .signal, .journal, .given: .untestedSkipped
      }
    }

    package var text: String {
      switch self {
      case .signal(let number): "signal \(number)"
      case .byteBudget: "the byte budget of the scan was used up"
      case .timeBudget: "the time budget of the scan was used up"
      case .journal(let error): "\(error)"
      case .given(let text): text
      }
    }

    var isJournal: Bool { if case .journal = self { true } else { false } }

    /// Whether a later run can go on with the scan.
    package var isInterruption: Bool {
      switch self {
      case .signal, .journal: true
      case .byteBudget, .timeBudget, .given: false
      }
    }
  }
}
