import ChainTruth
import ElectrumProtocol
import Records

extension IndicatorRule {
  static let inventedTransaction = IndicatorRule(
    id: "I2.invented-transaction", group: .content, grades: .init(.proved),
    statement:
      "The server lists a transaction whose proof fails, whose bytes are another's, which does not touch the script, or which no other operator lists.",
    explanation: .init(
      statistic:
        "Branches that lead to another root than the known header's, or than more than half of five operators' branches for the same transaction; bytes whose id is not the one asked; unconfirmed transactions that neither pay nor spend the script, or that it alone lists and whose parents it twice does not know; buried transactions that it alone lists, of scripts that more than half of all operators list.",
      null:
        "A branch of an honest server leads to the root in the header of its height, and bytes hash to their id.",
      rationale: "A wallet that does not check is shown payments that nobody made.",
      refutedBy:
        "The header at that height with the other root and the work of the chain, or the transaction before it that pays the script."
    ),
    source: .published(
      "Nakamoto (2008), Bitcoin: a peer-to-peer electronic cash system, section 8; CVE-2012-2459"),
    dependsOnChain: true,
    observe: { server, truth, _ in
      guard truth.isOnChain(server) else { return nil }
      return .collected(truth) { seen in
        observeProofs(server, truth, &seen)
        observeBytes(server, truth, &seen)
        observeUnshared(server, truth, &seen)
        for listed in server.unconfirmed
        where listed.touchesScript != nil || listed.isOrphanOfItsOwn {
          seen.observations += 1
          if listed.touchesScript == false {
            seen.hits.append(
              .init(
                .proved, listed.transaction,
                "scan \(truth.scan): lists \(listed.transaction), which does not touch script \(listed.script)",
                listed.place))
          } else if listed.isOrphanOfItsOwn {
            seen.hits.append(
              .init(
                .supporting, listed.transaction,
                "scan \(truth.scan): alone lists \(listed.transaction), and does not know what it spends",
                listed.place))
          }
        }
      }
    },
    conclude: { scans, fold in
      // What one server alone lists may be a fault of its index in one scan, and of its program in all.
      let alone = scans.map { $0.keeping { $0.subject == unshared } }.filter { !$0.hits.isEmpty }
      let recurs = fold.occasions(alone) >= 2
      return fold.finding(scans) { hits in
        hits.map(\.grade).max().map { recurs ? max($0, .strong) : $0 }
      }
    })

  /// Subject of what a server alone lists.
  private static let unshared = "unshared"

  private static func observeUnshared(
    _ server: ScanEvidence, _ truth: ScanTruth, _ seen: inout ScanObservation
  ) {
    let height = truth.provenHeight(server)
    for history in server.histories {
      let listed = truth.histories.unshared(in: server.told(history, height))
      guard let first = listed.first else { continue }
      seen.observations += 1
      seen.hits.append(
        .init(
          .supporting, unshared,
          "scan \(truth.scan): alone lists \(listed.count) buried transactions of script \(history.script), the first is \(first.transaction) at height \(first.height)",
          history.place))
    }
  }

  private static func observeProofs(
    _ server: ScanEvidence, _ truth: ScanTruth, _ seen: inout ScanObservation
  ) {
    for proof in server.proofs {
      let told = proof.told
      let grade: IndicatorGrade?
      switch truth.proofs.verdict(on: told) {
      case .unknown: continue
      case .right: grade = nil
      case .wrong: grade = .proved
      case .outvoted: grade = .strong
      }
      seen.observations += 1
      guard let grade else { continue }
      seen.hits.append(
        .init(
          grade, told.transaction.printed,
          "scan \(truth.scan): its branch for \(told.transaction) at height \(told.height) does not lead to the block's root",
          proof.place))
    }
  }

  private static func observeBytes(
    _ server: ScanEvidence, _ truth: ScanTruth, _ seen: inout ScanObservation
  ) {
    for transaction in server.transactions {
      guard case .bytes(let id, _, _) = transaction.answer else { continue }
      seen.observations += 1
      if id != transaction.asked {
        seen.hits.append(
          .init(
            .proved, transaction.asked,
            "scan \(truth.scan): gives the bytes of \(id) for \(transaction.asked)",
            transaction.place))
      }
    }
  }
}
