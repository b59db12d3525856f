public import ElectrumProtocol
import Statistics

/// One answer to the question for the proof that a block has a transaction.
public struct ToldProof: Sendable {
  public let server: String
  /// Likely operator, who has one vote.
  public let voter: String
  public let transaction: ChainHash
  public let height: Int
  public let position: Int
  public let branch: MerkleBranch

  public init(
    server: String, voter: String, transaction: ChainHash, height: Int, position: Int,
    branch: MerkleBranch
  ) {
    self.server = server
    self.voter = voter
    self.transaction = transaction
    self.height = height
    self.position = position
    self.branch = branch
  }

  /// Where the branch leads; nil: to no root at all.
  public var root: ChainHash? { try? branch.root(of: transaction, position: position) }
}

/// What a proof is worth.
public enum ProofVerdict: Sendable, Hashable {
  /// It leads to the root in the header.
  case right
  /// It does not, and the header is known.
  case wrong
  /// It leads to another root than more than half of the operators' proofs do; the header is not known.
  case outvoted
  /// The branch is empty, the header is not known, or too few operators proved the same.
  case unknown
}

/// Judges the proofs of servers on the chain.
public struct ProofJudge: Sendable {
  /// Operators whose proofs of the same transaction must be known before a majority decides.
  public static let leastVotes = 5

  private let headers: [Int: ChainHash]
  private let roots: [Subject: ChainHash]

  private struct Subject: Hashable {
    let transaction: ChainHash
    let height: Int
  }

  /// - Parameter merkleRoots: of the headers that are known, by height.
  public init(_ proofs: [ToldProof], merkleRoots: [Int: ChainHash]) {
    headers = merkleRoots
    var votes: [Subject: OperatorVotes<ChainHash>] = [:]
    for proof in proofs {
      guard !proof.branch.siblings.isEmpty, let root = proof.root else { continue }
      votes[Subject(transaction: proof.transaction, height: proof.height), default: OperatorVotes()]
        .cast(root, server: proof.server, operator: proof.voter)
    }
    roots = votes.compactMapValues { $0.total >= Self.leastVotes ? $0.decision : nil }
  }

  public func verdict(on proof: ToldProof) -> ProofVerdict {
    // A block of one transaction: its root is the transaction, and nothing was proved by hashing.
    if proof.branch.siblings.isEmpty { return .unknown }
    if let header = headers[proof.height] { return proof.root == header ? .right : .wrong }
    let subject = Subject(transaction: proof.transaction, height: proof.height)
    guard let root = roots[subject] else { return .unknown }
    return proof.root == root ? .unknown : .outvoted
  }
}
