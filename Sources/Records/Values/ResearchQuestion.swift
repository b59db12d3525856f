public import Artifact

/// The questions that the project was founded to answer.
public enum ResearchQuestion: String, ColumnWord {
  case concentration = "1"
  case joint = "2"
  case deviation = "3"
  case inference = "4"
  case analytics = "5"

  public var text: String {
    switch self {
    case .concentration: "How concentrated is the network of Electrum servers?"
    case .joint: "Which servers does one operator likely run together?"
    case .deviation: "Do servers answer otherwise than the protocol says?"
    case .inference: "What can servers learn of a wallet's user?"
    case .analytics: "Do companies that analyse the chain run servers?"
    }
  }
}

/// What kind of evidence an answer rests on.
public enum AnswerEvidence: String, ColumnWord {
  /// Archived bytes show it.
  case proved
  /// Counted among what servers answered, or what public sources say.
  case observed
  /// Concluded by weights whose errors are known from simulated networks.
  case inferred
  /// Simulated by rules that were observed of the real client.
  case simulated
  /// Nothing was measured that answers it.
  case notMeasured = "not-measured"
}
