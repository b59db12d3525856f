public import ElectrumProtocol
import Ordering
import Statistics

/// The chain that a scan's servers are on, by votes, and which of them are on it.
///
/// Chains are told apart before anything else is judged: a server of another chain lies to nobody. Two
/// rounds decide. In the first, every operator votes on every subject, and a value is an anchor where
/// more than half of all operators of the scan give it: a few servers of another chain, or a few that
/// lie together, make none, even of a subject that nobody else was asked about. In the second only
/// servers vote that share an anchor and contradict none, on where the headers stand that they give,
/// such as their tips.
public struct ReferenceChain: Sendable {
  /// The values of more than half of all operators.
  public let anchors: [CommitmentSubject: ChainHash]
  /// Height of the reference tip: the weighted median of the proven tips of servers on the chain.
  public let tipHeight: Int?
  /// Time of that header, seconds since 1970; nil where no server's tip is that block.
  public let tipTime: UInt32?
  private let heightOf: [ChainHash: Int]

  /// Blocks behind a server's own tip from which on two honest nodes do not differ, not even in a
  /// reorganisation.
  public static let burial = 6

  /// - Parameter genesis: of the network that was named, which no vote decides.
  public init(_ claims: [ChainClaims], genesis: ChainHash?) {
    let claims = claims.sorted { $0.server < $1.server }
    var anchors = Self.anchors(claims)
    if let genesis { anchors[.header(height: 0)] = genesis }
    let members = claims.filter { Self.isMember($0, anchors) }
    self.anchors = anchors
    heightOf = Self.heights(members, anchors)
    var tips = OperatorVotes<Int>()
    var times: [Int: UInt32] = [:]
    for member in members {
      for tip in member.tips {
        guard let height = Self.height(of: tip, heightOf) else { continue }
        tips.cast(height, server: member.server, operator: member.voter)
        if heightOf[tip.hash] == height { times[height] = tip.time }
      }
    }
    tipHeight = tips.median
    tipTime = tipHeight.flatMap { times[$0] }
  }

  private static func anchors(_ claims: [ChainClaims]) -> [CommitmentSubject: ChainHash] {
    let telling = claims.filter { !$0.commitments.isEmpty || !$0.tips.isEmpty }
    let voters = Set(telling.map(\.voter)).count
    return votes(telling).compactMapValues { votes in
      votes.votes.first { 2 * $0.votes > Double(voters) * (1 + roundingError) }?.value
    }
  }

  /// Rounding of summed shares must not make half of the votes more than half.
  private static let roundingError = 1e-9

  private static func votes(
    _ claims: [ChainClaims]
  ) -> [CommitmentSubject: OperatorVotes<ChainHash>] {
    var votes: [CommitmentSubject: OperatorVotes<ChainHash>] = [:]
    for claim in claims {
      for commitment in claim.commitments {
        votes[commitment.subject, default: OperatorVotes()]
          .cast(commitment.value, server: claim.server, operator: claim.voter)
      }
    }
    return votes
  }

  private static func isMember(
    _ claims: ChainClaims, _ anchors: [CommitmentSubject: ChainHash]
  ) -> Bool {
    var shares = false
    for commitment in claims.commitments {
      guard let anchor = anchors[commitment.subject] else { continue }
      guard anchor == commitment.value else { return false }
      if commitment.subject.tellsChains { shares = true }
    }
    return shares
  }

  /// Operators that must give a header for it to be one of the chain where it is no anchor.
  private static let leastVoters = 2

  /// The height of each header of the chain: what more than half of the operators say that say
  /// anything of the height, and two at least. A hash that is told for two heights is at the one that
  /// more operators tell.
  private static func heights(
    _ members: [ChainClaims], _ anchors: [CommitmentSubject: ChainHash]
  ) -> [ChainHash: Int] {
    var heights: [ChainHash: (height: Int, votes: Double)] = [:]
    for (subject, votes) in votes(members) {
      guard case .header(let height) = subject else { continue }
      let counted = votes.votes
      guard let value = votes.decision,
        let count = counted.first(where: { $0.value == value })?.votes,
        anchors[subject] == value || votes.voters(for: value) >= leastVoters
      else { continue }
      let known = heights[value]
      if known.map({ ($0.votes, height) < (count, $0.height) }) ?? true {
        heights[value] = (height, count)
      }
    }
    for (subject, value) in anchors {
      if case .header(let height) = subject { heights[value] = (height, .infinity) }
    }
    return heights.mapValues(\.height)
  }

  private static func height(of tip: ChainClaims.Tip, _ heightOf: [ChainHash: Int]) -> Int? {
    heightOf[tip.hash] ?? heightOf[tip.previous].map { $0 + 1 }
  }

  /// Height of a tip on the chain: of a header that it has, or the one after such; nil for any other.
  public func height(of tip: ChainClaims.Tip) -> Int? { Self.height(of: tip, heightOf) }

  /// Whether a tip is a header of the chain.
  public func has(_ tip: ChainClaims.Tip) -> Bool { heightOf[tip.hash] != nil }

  /// The greatest height that a server shows to know: of its tips and headers that the chain has, and
  /// of what it commits to as the chain does. What it states proves nothing.
  public func provenHeight(of claims: ChainClaims) -> Int? {
    let tips = claims.tips.compactMap { height(of: $0) }
    let headers = claims.commitments.compactMap { commitment in
      heightOf[commitment.value]
        ?? (anchors[commitment.subject] == commitment.value ? commitment.subject.lastHeight : nil)
    }
    return (tips + headers).max()
  }

  /// Which chain a server is on.
  public func standing(of claims: ChainClaims) -> ChainStanding {
    let deepest = deepestComparable(for: claims)
    let differing = claims.commitments.filter { commitment in
      anchors[commitment.subject].map { $0 != commitment.value } ?? false
        && commitment.subject.lastHeight <= deepest
    }
    if let first = differing.map(\.subject).min() {
      return claims.tips.contains { has($0) } ? .contradictsItself(first) : .another
    }
    let shares = claims.commitments.contains {
      $0.subject.tellsChains && anchors[$0.subject] == $0.value
    }
    return shares ? .onChain : .unknown
  }

  /// Honest servers may differ in what is near the reference tip, or near the tip at which one of
  /// them stands still.
  private func deepestComparable(for claims: ChainClaims) -> Int {
    let own = claims.tips.map(\.statedHeight).max()
    let nearest = [tipHeight, own].compactMap { $0 }.min()
    return nearest.map { max(0, $0 - Self.burial) } ?? 0
  }
}

/// Which chain a server is on.
public enum ChainStanding: Sendable, Hashable {
  case onChain
  /// Counted apart: nothing that depends on the chain is said of it.
  case another
  /// Its newest header is of the reference chain, and what it says of this part below is not.
  case contradictsItself(CommitmentSubject)
  /// It says nothing that could be compared.
  case unknown
}
