import Artifact
import Records
import Statistics

/// The five research questions, answered from what the stage has derived.
struct AnswerTable {
  let facts: AnswerFacts

  static let detectionLimit =
    "An operator whose servers share no key, name, text, node, network or time of failure is counted as several: a count of operators is at most an upper bound, and a share of the largest at least a lower one."

  var rows: [Answer] {
    var rows = concentrationAnswers + jointAnswers + deviationAnswers + inferenceAnswers
    rows += analyticsAnswers
    for index in rows.indices { rows[index].date = facts.date }
    return rows
  }

  private var network: String { facts.isSimulated ? "the simulated network" : "the network" }

  // MARK: 1

  private func index(_ unit: String, _ weighting: String, _ index: String) -> ConcentrationIndex? {
    facts.concentration.first {
      $0.unit == unit && $0.weighting == weighting && $0.index == index && $0.value != nil
    }
  }

  private static let linkageBand =
    "least and greatest over the partitions into operators: a band of sensitivity, not of confidence"

  private func answer(
    _ rank: Int, _ id: String, _ unit: String, _ weighting: String, _ name: String,
    quantity: String, of denominator: String, notShown: String, claim: (String) -> String
  ) -> Answer {
    guard let row = index(unit, weighting, name), let value = row.value else {
      return missing(.concentration, rank, id, quantity)
    }
    let isShare = name.hasPrefix("cr_")
    let text = { (value: Double) in
      isShare ? AnswerText.percent(value) : AnswerText.number(value)
    }
    return Answer(.concentration, rank, id).with {
      $0.claim = claim(text(value))
      $0.quantity = quantity
      $0.value = value
      // Of all doubts that of who belongs together is the greatest.
      if let low = row.linkageLow, let high = row.linkageHigh {
        ($0.low, $0.high, $0.interval) = (low, high, Self.linkageBand)
        $0.claim =
          $0.claim.dropLast()
          + (text(low) == text(high)
            ? ", whichever evidence joins servers."
            : "; by which evidence joins servers it is \(text(low)) to \(text(high)).")
      } else if let low = row.low, let high = row.high {
        ($0.low, $0.high, $0.interval) = (low, high, "90 %, by drawing likely operators anew")
      }
      $0.denominator = row.observations
      $0.count = isShare ? Int((value * Double(row.observations)).rounded()) : row.units
      $0.denominatorUnit = denominator
      $0.evidence = weighting == "exposure" ? .simulated : isOperator(unit) ? .inferred : .observed
      $0.artifact = ConcentrationIndex.schema.name
      $0.rows = "unit=\(unit) & weighting=\(weighting) & index=\(name)"
      $0.notShown = notShown
      $0.detectionLimit = isOperator(unit) ? Self.detectionLimit : nil
    }
  }

  private func isOperator(_ unit: String) -> Bool { unit.hasPrefix("operator") }

  private func missing(
    _ question: ResearchQuestion, _ rank: Int, _ id: String, _ quantity: String
  ) -> Answer {
    Answer(question, rank, id).with {
      $0.claim = "Not measured yet: \(quantity)."
      $0.quantity = quantity
      $0.notShown = "Anything: the dataset has no rows for it."
    }
  }

  private var concentrationAnswers: [Answer] {
    let servers = "Who connects to whom: servers are not users."
    let answered = "servers that answered"
    let total = AnswerText.count(facts.profiles.count, "server")
    return [
      answer(
        1, "largest-operator", "operator", "server", "cr_1",
        quantity: "share of the largest likely operator, by server", of: answered,
        notShown: servers
      ) { "The largest likely operator of \(network) runs \($0) of the \(total) that answered." },
      answer(
        2, "effective-operators", "operator", "server", "effective_number",
        quantity: "effective number of likely operators, by server", of: answered,
        notShown: servers
      ) {
        "Servers are spread as unevenly as if \($0) operators ran equally many."
      },
      answer(
        3, "largest-operator-exposure", "operator", "exposure", "cr_1",
        quantity: "share of the operator that wallets' main servers belong to most often",
        of: "later sessions of simulated wallets whose main server answered the scan",
        notShown: "Wallets that fix a server, or have another list than Electrum's."
      ) {
        "One likely operator runs the main server in \($0) of the later sessions of simulated wallets."
      },
      answer(
        4, "largest-hoster", "hoster", "server", "cr_1",
        quantity: "share of the largest hoster, by server",
        of: "servers that answered and whose hoster is known",
        notShown: "Who runs the machines: a hoster rents them out."
      ) { "One hoster houses \($0) of the servers whose network is known." },
      unseen, lists,
    ]
  }

  /// Of each list of a wallet that the scan knows servers of: its name, and its largest likely operator's.
  private var lists: Answer {
    let prefix = ConcentrationIndex.listPrefix
    let lists = facts.concentration.filter {
      $0.unit == "operator" && $0.weighting.hasPrefix(prefix) && $0.index == "cr_1"
    }
    guard
      let most = lists.max(by: { ($0.value ?? 0, $1.weighting) < ($1.value ?? 0, $0.weighting) }),
      let share = most.value
    else {
      return missing(.concentration, 6, "wallet-lists", "share of one operator in a wallet's list")
    }
    let name = most.weighting.dropFirst(prefix.count)
    let largest = Int((share * Double(most.observations)).rounded())
    let ruled = lists.count { ($0.value ?? 0) > 0.5 }
    let servers = AnswerText.count(most.observations, "server")
    return Answer(.concentration, 6, "wallet-lists").with {
      $0.claim =
        lists.count == 1
        ? "In the only list that wallets start with, `\(name)`, one likely operator runs \(largest) of the \(servers) with TLS that the scan knows."
        : "In \(ruled) of \(lists.count) lists that wallets start with one likely operator runs more than half of the servers with TLS that the scan knows; its share is greatest in `\(name)`: \(largest) of \(servers)."
      $0.quantity = "share of the largest likely operator in the list that depends on one most"
      $0.value = share
      if let low = most.linkageLow, let high = most.linkageHigh {
        ($0.low, $0.high, $0.interval) = (low, high, Self.linkageBand)
      }
      $0.count = largest
      $0.denominator = most.observations
      $0.denominatorUnit = "servers with TLS of the list"
      $0.evidence = .inferred
      $0.artifact = ConcentrationIndex.schema.name
      $0.rows = "unit=operator & weighting=\(most.weighting) & index=cr_1"
      $0.notShown =
        "How many people use which wallet, and how others than Electrum choose; lists of few servers depend on few operators."
      $0.detectionLimit = Self.detectionLimit
    }
  }

  private var unseen: Answer {
    let estimate = facts.estimate
    guard estimate.samples > 1 else {
      return missing(.concentration, 5, "unseen-servers", "servers that nobody named")
    }
    let unseen = Int(estimate.unseen.rounded())
    return Answer(.concentration, 5, "unseen-servers").with {
      $0.claim =
        "Others name \(AnswerText.count(estimate.observed, "server")) with TLS; how often each is named suggests "
        + (unseen == 0
          ? "that hardly one is missing." : "that at least about \(unseen) more exist.")
      $0.quantity = "servers that nobody named"
      $0.value = estimate.unseen
      // Where nobody is named only once the estimator has no variance, which is no certainty.
      if estimate.interval.low < estimate.interval.high {
        $0.low = estimate.interval.low - Double(estimate.observed)
        $0.high = estimate.interval.high - Double(estimate.observed)
        $0.interval = "95 %, log-normal (Chao 1987)"
      }
      $0.count = estimate.observed
      $0.denominator = estimate.samples
      $0.denominatorUnit = "servers that told their peers"
      $0.evidence = .inferred
      $0.artifact = Advertisement.schema.name
      $0.rows = "source_kind=peers & valid=true"
      $0.notShown =
        "Servers that announce themselves to nobody; sources are not independent, so that it is a lower bound."
    }
  }

  // MARK: 2

  private func joined(_ of: (OperatorMembership) -> String?) -> (servers: Int, largest: Int) {
    let groups = Dictionary(
      grouping: facts.profiles.compactMap { facts.membership[$0.serverID].flatMap(of) }, by: \.self
    ).values.map(\.count)
    return (groups.filter { $0 > 1 }.reduce(0, +), groups.max() ?? 0)
  }

  private func joint(
    _ rank: Int, _ id: String, _ column: String, _ of: (OperatorMembership) -> String?,
    evidence: AnswerEvidence, notShown: String, none: String, claim: (Int, Int) -> String
  ) -> Answer {
    let (servers, largest) = joined(of)
    let all = facts.profiles.count
    return Answer(.joint, rank, id).with {
      $0.claim = servers == 0 ? none : claim(servers, largest)
      $0.quantity = "share of servers in a group of two or more"
      $0.value = all == 0 ? nil : Double(servers) / Double(all)
      $0.count = servers
      $0.denominator = all
      $0.denominatorUnit = "servers that answered"
      $0.evidence = evidence
      $0.artifact = OperatorMembership.schema.name
      $0.rows = "\(column) of two rows or more"
      $0.notShown = notShown
      $0.detectionLimit = Self.detectionLimit
    }
  }

  private var jointAnswers: [Answer] {
    guard !facts.membership.isEmpty else {
      return [missing(.joint, 1, "likely-operators", "servers in a group of two or more")]
    }
    let all = facts.profiles.count
    return [
      joint(
        1, "likely-operators", "operator_id", \.operatorID, evidence: .inferred,
        notShown: "A person or a company, or why they run several.",
        none: "Nothing that the scans show joins any two of \(all) servers to one likely operator."
      ) {
        "\($0) of \(all) servers likely have an operator who runs others; the largest group has \($1)."
      },
      joint(
        2, "declared-operators", "declared_id", \.declaredID, evidence: .observed,
        notShown: "That it is true: what servers say of themselves can be copied.",
        none: "No two of \(all) servers say themselves that they belong together."
      ) {
        "\($0) of \(all) servers are in groups that say themselves that they belong together; the largest has \($1)."
      },
      joint(
        3, "cohorts", "cohort_id", \.cohortID, evidence: .observed,
        notShown: "Who runs them: strangers deploy alike when they follow one recipe.",
        none: "No two of \(all) servers are deployed so much alike that it needs a common reason."
      ) { "\($0) of \(all) servers are deployed like others; the largest cohort has \($1)." },
    ]
  }

  // MARK: 3

  private var deviationAnswers: [Answer] {
    let judged = facts.deviations.filter { $0.verdict != .insufficient }
    guard !judged.isEmpty else {
      return [missing(.deviation, 1, "deviations", "servers whose answers deviate")]
    }
    func answer(
      _ rank: Int, _ id: String, _ count: Int, _ evidence: AnswerEvidence, _ rows: String,
      _ claim: String, _ notShown: String
    ) -> Answer {
      Answer(.deviation, rank, id).with {
        $0.claim = claim
        $0.quantity = "share of servers judged"
        $0.value = Double(count) / Double(judged.count)
        $0.count = count
        $0.denominator = judged.count
        $0.denominatorUnit = "servers of which enough was seen, or that deviate"
        $0.evidence = evidence
        $0.artifact = Deviation.schema.name
        $0.rows = rows
        $0.notShown = notShown
      }
    }
    let flagged = judged.count { $0.flagged }
    let proved = judged.count { $0.verdict == .proved }
    return [
      answer(
        1, "deviations", flagged, .inferred, "flagged=true",
        "Answers of \(flagged) of \(judged.count) servers deviate from the protocol, by proof or by score.",
        "Intent; answers to questions that no scan asks; whoever behaves while being scanned."),
      answer(
        2, "proved-deviations", proved, .proved, "verdict=proved",
        "Archived answers of \(proved) of \(judged.count) servers contradict the protocol or each other.",
        "Why they do: an error of a program is as well proved as a lie."),
    ]
  }
}
