public import ElectrumProtocol

/// What a server says of a part of the chain that servers can be compared by.
public enum CommitmentSubject: Sendable, Hashable {
  /// The hash of the header at a height.
  case header(height: Int)
  /// The node over the headers 2^level…2^(level + 1) − 1 in a checkpoint proof of header 0.
  case subtree(level: Int)

  /// Height of the last header that it commits to.
  public var lastHeight: Int {
    switch self {
    case .header(let height): height
    case .subtree(let level):
      level < MerkleBranch.longest ? 1 << (level + 1) - 1 : Int.max
    }
  }

  /// Whether it tells chains apart at all: the first headers are equal on test chains that were
  /// started anew.
  var tellsChains: Bool { lastHeight >= Self.firstTelling }

  /// First height from which on an equal commitment says that two servers are on one chain.
  private static let firstTelling = 8
}

extension CommitmentSubject: Comparable {
  private var order: (Int, Int) {
    switch self {
    case .header(let height): (0, height)
    case .subtree(let level): (1, level)
    }
  }

  public static func < (one: CommitmentSubject, other: CommitmentSubject) -> Bool {
    one.order < other.order
  }
}

/// A subject, and what is said of it.
public struct ChainCommitment: Sendable, Hashable {
  public let subject: CommitmentSubject
  public let value: ChainHash

  public init(_ subject: CommitmentSubject, _ value: ChainHash) {
    self.subject = subject
    self.value = value
  }
}

/// What one server says of the chain in one scan.
public struct ChainClaims: Sendable {
  public let server: String
  /// Likely operator, who has one vote.
  public let voter: String
  /// Every commitment of every answer: a server that gives two values for one subject has both here.
  public var commitments: Set<ChainCommitment> = []
  /// Its tips: the hash of each header that it announced as its newest, with that header's parent.
  public var tips: Set<Tip> = []

  /// A header that a server announced. The height that it stated with it proves nothing and is kept
  /// for nobody to use but to look it up.
  public struct Tip: Sendable, Hashable {
    public let statedHeight: Int
    public let hash: ChainHash
    public let previous: ChainHash
    /// Seconds since 1970, as the header says.
    public let time: UInt32

    public init(statedHeight: Int, hash: ChainHash, previous: ChainHash, time: UInt32) {
      self.statedHeight = statedHeight
      self.hash = hash
      self.previous = previous
      self.time = time
    }
  }

  public init(server: String, voter: String) {
    self.server = server
    self.voter = voter
  }
}
