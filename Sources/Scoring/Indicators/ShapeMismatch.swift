import Records

extension IndicatorRule {
  static let shapeMismatch = IndicatorRule(
    id: "I19.shape-contradicts-claim", group: .shape, grades: .init(.strong),
    statement:
      "The server claims one implementation and behaves like none of its releases in three kinds of answers or more.",
    explanation: .init(
      statistic:
        "Kinds of answers (frame, malformed requests, unknown methods, negotiation, each method) that contradict every release which the claim can mean; three or more, one of them negotiation or a method.",
      null:
        "An honest server behaves as its release does; forks and masked versions are known, and a proxy changes the frame and what it answers itself, not the methods.",
      rationale: "Who hides what it runs hides what was changed in it.",
      refutedBy: "A release or fork of the claimed program that behaves so."),
    source: .article("Rule-Book", section: "Wire style"),
    observe: { server, truth, _ in
      guard let claim = server.claim, claim.agrees != .unknown, claim.isOfKnownProgram else {
        return nil
      }
      return .collected(truth) { seen in
        seen.observations = 1
        let kinds = Set(claim.contradictions.compactMap(AnswerKind.init(contradiction:)))
        guard claim.agrees == .no, kinds.count >= leastKinds,
          kinds.contains(where: \.isOfTheProgramItself)
        else { return }
        seen.hits.append(
          .init(
            .strong, "claim",
            "scan \(truth.scan): claims \(claim.text), and \(kinds.count) kinds of answers are of none of its releases: \(claim.contradictions.prefix(3).joined(separator: "; "))"
          ))
      }
    })

  private static let leastKinds = 3
}

/// Which piece of a program an answer comes from.
enum AnswerKind: Hashable {
  /// How every reply is written, which a proxy may change.
  case frame
  /// Replies to what is no proper request, which a proxy may give itself.
  case envelope
  /// Replies to methods that there are not, and to wrong arguments.
  case dispatch
  case negotiation
  /// What a method answers to a proper request.
  case method(String)

  /// - Parameter text: `rule probe observed`, in words apart by a space.
  init?(contradiction text: String) {
    let words = text.split(separator: " ", maxSplits: 2).map(String.init)
    guard words.count >= 2 else { return nil }
    self.init(rule: words[0], probe: words[1])
  }

  init(rule: String, probe: String) {
    if Self.frames.contains(where: { rule.hasPrefix("software." + $0) })
      || Self.orders.contains(where: { rule.hasSuffix($0) })
    {
      self = .frame
    } else if Self.misaddressed.contains(probe) || probe.hasPrefix("removed.") {
      self = .dispatch
    } else if ["malformed.", "limits.", "junk."].contains(where: { probe.hasPrefix($0) }) {
      self = .envelope
    } else if ["server.version", "negotiate", "software."].contains(where: { probe.hasPrefix($0) })
    {
      self = .negotiation
    } else {
      self = .method(probe)
    }
  }

  /// Beginnings of rules about how every reply is written.
  private static let frames = [
    "line-end", "key-order", "error-key-order", "separators", "batch-separators", "padding",
  ]
  /// Ends of rules about the order of keys, which whoever writes JSON anew changes.
  private static let orders = ["-keys-inserted", "-keys-sorted", "-1.6-inserted", "-1.6-sorted"]
  /// Requests in proper form for methods that there are not, or with wrong arguments.
  private static let misaddressed: Set = [
    "malformed.unknown-method", "malformed.too-many", "malformed.too-few", "malformed.named",
    "malformed.wrong-name", "malformed.wrong-type",
  ]

  var isOfTheProgramItself: Bool {
    switch self {
    case .frame, .envelope, .dispatch: false
    case .negotiation, .method: true
    }
  }
}
