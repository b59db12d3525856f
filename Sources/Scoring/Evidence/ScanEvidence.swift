import ChainTruth
import ElectrumProtocol
import PhishingTexts
import Records

/// Everything that one scan shows of one server, as indicators look at it: every answer of every
/// endpoint, since a server is as bad as its worst.
struct ScanEvidence: Sendable {
  let serverID: String
  /// Likely operator, who has one vote.
  let voter: String
  var headers: [Header] = []
  var subtrees: [Subtree] = []
  /// What it tells of its first block, in canonical form.
  var genesisHashes: Set<String> = []
  var histories: [History] = []
  var proofs: [Proof] = []
  var transactions: [Transaction] = []
  var unconfirmed: [Unconfirmed] = []
  /// Answers to the question for what unconfirmed transactions spend.
  var parents: [Transaction] = []
  var statuses: [Status] = []
  var fees: [Fee] = []
  var relayFees: [RelayFee] = []
  var errors: [ErrorReply] = []
  var banner = Banner()
  var claim: Claim?
  var alone: [AskedAlone] = []
  var clientAnswers: [ClientAnswer] = []
  var issuers: [Issuer] = []
  /// nil: it told no peers.
  var peers: PeerList?
  /// Replies with a readable form, which an error text could have been among.
  var repliesSeen = 0

  init(serverID: String, voter: String) {
    self.serverID = serverID
    self.voter = voter
  }

  struct Header: Sendable {
    let place: EvidencePlace
    /// As the server states it.
    let height: Int
    /// nil: what it sent is no header.
    let header: HeaderFacts?
    /// Whether it announced the header as its newest.
    let isTip: Bool
  }

  /// An element of a checkpoint proof of header 0.
  struct Subtree: Sendable {
    let place: EvidencePlace
    let level: Int
    let value: ChainHash
  }

  struct History: Sendable {
    let place: EvidencePlace
    let script: String
    let entries: [ListedTransaction]
  }

  struct Proof: Sendable {
    let place: EvidencePlace
    let told: ToldProof
  }

  /// An answer to the question for a transaction's bytes.
  struct Transaction: Sendable {
    let place: EvidencePlace
    /// As asked.
    let asked: String
    let answer: Answer

    enum Answer: Sendable, Equatable {
      /// Its id by its own bytes, and the test scripts that it touches.
      case bytes(id: String, scripts: Set<String>, isOfNodeSize: Bool)
      /// Bytes that are no transaction.
      case unreadable
      /// The server does not know it.
      case notFound
      /// Busy, limited, or anything else that says nothing.
      case unknown
    }
  }

  /// A transaction that it lists unconfirmed, at a second visit.
  struct Unconfirmed: Sendable {
    let place: EvidencePlace
    let script: String
    let transaction: String
    /// nil: its bytes, or what they spend, are not known.
    let touchesScript: Bool?
    /// Transactions that it spends from.
    var parents: [String] = []
    /// Whether it alone lists it, and twice did not know a transaction whose output that one spends.
    var isOrphanOfItsOwn = false
  }

  struct Status: Sendable {
    let place: EvidencePlace
    let script: String
    /// nil: the status of an empty history.
    let told: String?
    /// Statuses of the histories that it told on the same connection before and after.
    let recomputed: Set<String?>
    /// Whether all these histories were equal, so that nothing happened meanwhile.
    let areListsEqual: Bool
  }

  struct Fee: Sendable {
    let place: EvidencePlace
    /// Unit: blocks.
    let target: Int
    /// Unit: sat/vB.
    let rate: Double
  }

  struct RelayFee: Sendable {
    let place: EvidencePlace
    /// Unit: sat/vB.
    let rate: Double
    /// Its own estimates by target. Unit: sat/vB.
    let estimates: [Int: Double]
  }

  struct ErrorReply: Sendable {
    let place: EvidencePlace
    let text: String
    /// Whether it answered an old wallet's name: honest servers once told such to update.
    let isToOldClient: Bool
    /// What honest errors are known to say.
    var known = KnownErrors.contained
  }

  struct Banner: Sendable {
    var place: EvidencePlace?
    var status = ValueStatus.unknown
    var texts: [String] = []
    /// The server's verified names, those in its certificate and in its own list of hosts, and their
    /// registrable domains.
    var ownNames: [String] = []
  }

  /// What it calls itself, and what its behaviour says of that.
  struct Claim: Sendable {
    let text: String
    let agrees: ClaimVerdict
    /// Each `rule probe observed`, in words apart by a space.
    let contradictions: [String]
    /// Whether all that was seen fits some program that is known. Where nothing does, two programs may
    /// stand behind one address, or a proxy between.
    let isOfKnownProgram: Bool
  }

  /// A question that was asked alone, early and late on one connection.
  struct AskedAlone: Sendable {
    /// Unit of all: milliseconds.
    struct Timing: Sendable {
      var answer: Double?
      /// The answer's time over that of the connection's quickest ping.
      var service: Double?
      /// Of the ping that was asked alone beside it.
      var ping: Double?
    }

    /// Whether padding of the traffic can have held the late reply back, and the quickest answer of the
    /// connection, which it did not hold back.
    enum Padding: Sendable, Equatable {
      case absent
      case possible(quickest: Double)
    }

    let place: EvidencePlace
    /// `history` or `subscribe`.
    let question: String
    /// Questions for scripts that were never answered while the connection answered the ping.
    let unanswered: Int
    var first: Timing?
    var last = Timing()
    var padding = Padding.absent

    init(place: EvidencePlace, question: String, unanswered: Int) {
      self.place = place
      self.question = question
      self.unanswered = unanswered
    }
  }

  /// What one session under one client name was told of a subject.
  struct ClientAnswer: Sendable {
    let place: EvidencePlace
    let subject: String
    let client: String
    /// Sessions in their order, from 0.
    let round: Int
    /// Digest of the normalised answer.
    let digest: String
    /// Of a single figure.
    let figure: Double?
  }

  struct Issuer: Sendable {
    let place: EvidencePlace?
    let text: String
  }
}
