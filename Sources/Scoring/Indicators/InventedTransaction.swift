import ChainTruth
import Records

extension IndicatorRule {
  static let inventedTransaction = IndicatorRule(
    id: "I2.invented-transaction", group: .content, grades: .init(.proved),
    statement:
      "The server lists a transaction whose proof fails, whose bytes are another's, or which does not touch the script.",
    explanation: .init(
      statistic:
        "Branches that lead to another root than the known header's, or than more than half of five operators' branches for the same transaction; bytes whose id is not the one asked; unconfirmed transactions that neither pay nor spend the script.",
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
    })

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
