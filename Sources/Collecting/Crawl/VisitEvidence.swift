import ElectrumProtocol
import Ordering
import Probing
package import Records

/// What the first visit to a server gave that is compared with others' answers, read from the bytes
/// that arrived, so that a scan that goes on after an interruption finds the same.
package struct VisitEvidence: Sendable {
  /// What a server said of the chain that others can say otherwise.
  enum Commitment: Hashable, Sendable {
    case header(height: Int)
    /// Element of the checkpoint proof of header 0 that commits to headers 2^k…2^(k+1) − 1.
    case subtree(Int)
  }

  /// A transaction as a history lists it.
  struct Entry: Hashable, Sendable {
    let transaction: String
    /// 0 or less: not in a block.
    let height: Int
  }

  private(set) var tip: Int?
  private(set) var commitments: [Commitment: String] = [:]
  /// By probe; nothing of a list longer than `longestHistory`.
  private(set) var histories: [String: [Entry]] = [:]
  /// Answers under our name and under the wallet's, by question.
  private var ours: [Substring: ClientAnswer] = [:]
  private var wallets: [Substring: ClientAnswer] = [:]

  /// A longer list is not compared: a limit of the server may have cut it.
  static let longestHistory = 2_048

  package init() {}

  /// Takes in one connection of the first visit; what was told first stays.
  package mutating func take(_ connection: Connection) {
    let probes = Set(connection.exchanges.map(\.probe).filter(Self.isRead))
    guard !probes.isEmpty else { return }
    let results = connection.results(of: probes)
    if tip == nil {
      tip = results["blockchain.headers.subscribe"]?["height"]?.integer
    }
    takeCommitments(results)
    for probe in probes.sorted() {
      guard let result = results[probe] else { continue }
      let question = KnownProbes.question(of: probe)
      if Self.isCompared(history: probe), histories[probe] == nil {
        histories[probe] = Self.entries(result)
      }
      guard let answer = ClientAnswer(result, to: question) else { continue }
      if probe.hasPrefix("client.wallet.") {
        wallets[question] = answer
      } else if !probe.hasPrefix("client."), ours[question] == nil {
        ours[question] = answer
      }
    }
  }

  private static func isRead(_ probe: String) -> Bool {
    isCompared(history: probe) || probe.hasPrefix("client.wallet.")
      || probe.hasPrefix("block.header.hundred") || other.contains(probe)
  }

  /// Whether a second visit can ask for it again.
  private static func isCompared(history probe: String) -> Bool {
    probe.hasPrefix("history.") && KnownProbes.probe("second.\(probe)") != nil
  }

  private static let other: Set = [
    "blockchain.headers.subscribe", "block.header.proof", "server.banner", "server.features",
    "estimatefee.2", "estimatefee.25",
  ]

  private mutating func takeCommitments(_ results: [String: WireValue]) {
    guard let tip else { return }
    let last = SharedHeight.last(under: tip)
    for (probe, height) in [
      ("block.header.hundred", last), ("block.header.hundred-before", last - 100),
    ] {
      guard let header = results[probe]?.text.flatMap({ BlockHeader(hex: $0) }) else { continue }
      commitments[.header(height: height)] = header.hashText
    }
    let branch = results["block.header.proof"]?["branch"]?.elements ?? []
    for (level, element) in branch.prefix(MerkleBranch.longest).enumerated() {
      guard (1 << (level + 1)) - 1 <= tip - Probe.BuriedTransaction.depth, let text = element.text
      else { continue }
      commitments[.subtree(level)] = text
    }
  }

  private static func entries(_ result: WireValue) -> [Entry]? {
    guard let items = result.elements, items.count <= longestHistory else { return nil }
    return items.compactMap { item in
      guard let transaction = item["tx_hash"]?.text, transaction.utf8.count == 64,
        let height = item["height"]?.integer
      else { return nil }
      return Entry(transaction: transaction, height: max(height, 0))
    }
  }

  /// Whether a question was answered otherwise under the wallet's name than under ours.
  package var differsByName: Bool {
    wallets.contains { question, answer in
      ours[question].map { !$0.agrees(with: answer) } ?? false
    }
  }
}

/// An answer as far as two of them must agree, asked a moment apart.
enum ClientAnswer: Sendable, Equatable {
  /// A text without its digits, which counters and heights change.
  case text([UInt8])
  case figure(Double)
  /// Confirmed transactions.
  case history(Set<VisitEvidence.Entry>)

  /// How far two estimates of one node may lie apart.
  private static let tolerance = 1.5

  /// Nil for a question whose answers are not compared.
  init?(_ result: WireValue, to question: Substring) {
    switch question {
    case "server.banner", "server.features":
      let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
      self = .text(result.encoded().filter { !digits.contains($0) })
    case "estimatefee.2", "estimatefee.25":
      guard let figure = result.double else { return nil }
      self = .figure(figure)
    case _ where question.hasPrefix("history."):
      guard let items = result.elements else { return nil }
      self = .history(
        Set(
          items.prefix(VisitEvidence.longestHistory).compactMap { item in
            guard let transaction = item["tx_hash"]?.text, let height = item["height"]?.integer,
              height > 0
            else { return nil }
            return VisitEvidence.Entry(transaction: transaction, height: height)
          }))
    default: return nil
    }
  }

  func agrees(with other: ClientAnswer) -> Bool {
    guard case .figure(let one) = self, case .figure(let two) = other else { return self == other }
    if one <= 0 || two <= 0 { return (one <= 0) == (two <= 0) }
    return max(one, two) <= Self.tolerance * min(one, two)
  }
}
