/// Every sentence that says something of a server's conduct: one table, so that it can be reviewed as a
/// whole.
///
/// A sentence says what was seen and how sure it is. None says what anybody meant, and none says that a
/// server keeps records of its users, which nobody can see from outside.
public enum VerdictWording {
  public static func statement(_ verdict: Verdict) -> String {
    switch verdict {
    case .proved:
      "Archived answers of the server contradict the protocol or each other; who has the bytes can check it."
    case .suspected:
      "What the server answered is rarely seen of servers that keep to the protocol; errors, faults and a cause that nobody thought of remain possible."
    case .none:
      "Most of what the scans can show was seen of the server, and nothing of it deviates from the protocol; what was not asked may."
    case .insufficient:
      "Too little was observed of the server to say whether it deviates."
    }
  }

  public static func title(_ verdict: Verdict) -> String {
    switch verdict {
    case .proved: "deviation proved"
    case .suspected: "deviation suspected"
    case .none: "no deviation seen"
    case .insufficient: "insufficient evidence"
    }
  }

  /// Right of reply, beside every list of verdicts.
  public static let reply =
    "Who runs a server and finds a statement wrong can have it corrected, or be left out of later scans: see Corrections and opting out in CONTRIBUTING.md."

  /// Words that no sentence about a server may hold.
  public static let forbidden = [
    "malicious", "honeypot", "spy", "spies", "spying", "surveil", "attacker", "criminal", "fraud",
    "scam", "thief", "steal", "logs your", "logging", "logs users", "evil", "intend", "deliberate",
    "on purpose",
  ]
}
