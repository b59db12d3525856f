public import ElectrumProtocol
public import Records

/// What a reply to a probe amounts to: for live scans and imported ones alike.
public enum ReplyClassifier {
  public static func outcome(of reply: ElectrumReply, to probe: Probe) -> Outcome {
    switch reply.outcome {
    case .error(let error): outcome(of: error)
    case .result(let result): probe.expectation.accepts(result) ? .answered : .replyMalformed
    }
  }

  public static func outcome(of error: ElectrumError) -> Outcome {
    error.meaning == .throttled ? .throttled : .replyError
  }

  /// The outcome of a whole text that should be the one reply to a probe.
  ///
  /// - Parameter text: empty where nothing arrived.
  public static func outcome(ofText text: String, to probe: Probe) -> Outcome {
    if text.isEmpty { return .closedNoReply }
    guard let document = try? WireDocument(parsing: Array(text.utf8)),
      case .reply(let reply) = ElectrumMessage(document.value)
    else { return .replyMalformed }
    return outcome(of: reply, to: probe)
  }
}
