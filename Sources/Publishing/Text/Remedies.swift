internal import Records

/// What an operator can do about what is said of a server: one table, so that it can be reviewed as a
/// whole. It judges nothing and supposes no cause.
enum Remedies {
  /// About an endpoint that did not answer.
  static func text(_ outcome: Outcome) -> String {
    switch outcome {
    case .answered: "Nothing to do."
    case .resolveFailed, .resolveTimedOut:
      "See that the name has an address record, or announce the name that has one."
    case .connectRefused:
      "See that the service listens on this port, or announce the port on which it does."
    case .connectTimedOut, .connectUnreachable, .connectReset, .connectFailed:
      "See that firewall and router let connections to this port through."
    case .socksRefused, .socksTimedOut, .socksFailed:
      "See that the onion service is published; the proxy of the scan may have failed, too."
    case .tlsFailed, .tlsTimedOut, .tlsClosed:
      "See that the port speaks TLS, with a certificate that can be read."
    case .closedNoReply, .replyTimedOut, .replyNone:
      "See the server's log for why the session ended or stayed silent: limits count."
    case .replyMalformed, .replyTooLarge:
      "Compare the reply with the protocol's documentation; a proxy in between may change it."
    case .replyError:
      "The error is the server's own: see its text in the exchanges."
    case .throttled:
      "The server's limit was met. Nothing is held against it."
    case .aborted: "The scan was interrupted: nothing of it is the server's."
    case .untestedNoRoute:
      "Nothing was asked: the scan had no way into this address family."
    case .untestedOptedOut: "Nothing was asked: the operator opted out."
    case .untestedNotContactable:
      "Announce an address that can be reached from the Internet: this one cannot."
    case .untestedBudget, .untestedSkipped:
      "Nothing was asked: the scan ended this conversation, or itself, before."
    case .untestedTransport: "Nothing was asked: the scan does not speak this transport."
    case .untestedNotImported: "The imported record says nothing of it."
    case .untestedNotApplicable: "Nothing to do: the question does not apply."
    }
  }

  /// About an indicator that fired, by its group in the rule book.
  static func text(group: String) -> String {
    switch group {
    case "content":
      "Compare the exchanges with your node: an index behind, a fork or a proxy can cause it. "
        + "Rebuild or update, and the next scan shows it."
    case "economy": "Compare with what your node estimates, and with the server's own settings."
    case "phishing": "Change the text, or say where the link leads."
    case "path":
      "See who ends the TLS connection before your server: a proxy of a hoster or network can."
    case "shape":
      "Announce the software that answers, or say which proxy stands before it."
    case "differential", "topology", "meta":
      "See the settings of the server that treat clients, peers or load differently."
    default: "See the exchanges, and tell us what explains them."
    }
  }

  /// Why an indicator could not be evaluated.
  static func text(_ reason: IndicatorUnknownReason) -> String {
    switch reason {
    case .notEvaluated: "This release does not evaluate the rule."
    case .notObserved: "Too little was seen of the server."
    case .otherChain: "Most servers of the scan are of another chain."
    case .notAsked: "The plan asked nobody."
    case .oneVantage: "It needs scans from two places at the same time."
    case .noExperiment: "It needs the experiment with clients of several names."
    case .conduct: "The rules of conduct forbid to measure it."
    }
  }

  /// What may be said of two servers.
  static func text(_ word: LinkWord) -> String {
    switch word {
    case .proved: "one key, or a ticket of one taken by the other"
    case .oneIdentity: "one identity"
    case .likely: "likely one operator"
    case .possibly: "possibly one operator"
    case .declared: "they say so themselves"
    case .deployedAlike: "deployed alike"
    case .apart: "not joined"
    }
  }

  static let objection =
    "A server's operator can have a statement corrected, add an explanation that is published with "
    + "it, or be left out of later scans. The way is in CONTRIBUTING.md of the programs, section "
    + "Corrections and opting out: name the server by its id, the statement by its reason code, and "
    + "what is wrong. Released data are not edited: a correction is a new version, which says what it "
    + "corrects."
}
