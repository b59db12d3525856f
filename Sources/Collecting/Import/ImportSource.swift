import Artifact
import Digests
import ElectrumProtocol
import Ordering
import Records
import StageKit
import Timekeeping

/// Foreign data in one format. It is read whole before anything is written.
protocol ImportSource {
  var format: ImportFormat { get }

  /// Reads everything, or says by file, row and field what cannot be read.
  ///
  /// - Parameters:
  ///   - workspace: a folder for rows that memory need not hold.
  ///   - rejected: takes the rows that cannot be read, or ends the import with the first.
  mutating func read(_ workspace: String, _ rejected: RejectedRows) throws -> [ImportedScan]
}

/// One scan of ours, made from foreign data.
struct ImportedScan {
  /// How much of a reply the foreign data kept.
  enum Replies: String {
    /// No reply.
    case none
    /// The texts as received, without line ends.
    case texts
    /// What the replies said, not how they were written.
    case values
  }

  /// What it was made from.
  var sources: [Manifest.Source]
  /// When it began; nil: the data does not say.
  var startedAt: UTCTime?
  /// Attempts with number 0, in the order in which they are to be numbered; nil: none.
  var attempts: ClosedJournal?
  var certificates: [CertificateEvidence] = []
  var listings: [Listing] = []
  var resolutions: [NameResolution] = []
  var network = BitcoinNetwork.mainnet
  var replies = Replies.none
  var asked: [String] = []
  var notAsked: [String] = []
  var leftOut: [String] = []
  /// Rows of each file, for the manifest.
  var rows: [String: Int] = [:]
  /// What only this format tells.
  var particulars = Observation.Particulars()

  /// The name of a scan made from this: its time where it is known, else a digest of the contents.
  ///
  /// - Parameter suffix: nil: `imported`.
  func name(_ format: ImportFormat, suffix: String?) -> String {
    if let startedAt { return "\(startedAt.compact)-\(suffix ?? "imported")" }
    if let suffix { return suffix }
    let digests = sources.map(\.sha256).sorted().joined()
    return "\(format.rawValue)-\(SHA256.hex(digests.utf8).prefix(12))"
  }

  /// What the manifest tells of it.
  func observation(_ format: ImportFormat, name: String) -> Observation {
    var observation = Observation()
    observation.imported = true
    observation.complete = true
    observation.network = network.rawValue
    observation.scan = name
    observation.startedAt = startedAt?.text
    observation.vantage = "imported"
    observation.origin.asked = asked
    observation.origin.format = format.rawValue
    observation.origin.leftOut = leftOut
    observation.origin.notAsked = notAsked
    observation.origin.replies = replies.rawValue
    observation.origin.rows = rows
    observation.origin.particulars = particulars
    return observation
  }
}

/// Distinct listings with the number of their repeats.
struct ListingTally {
  private var listings: [SortKey: Listing] = [:]

  /// In no order.
  var all: [Listing] { Array(listings.values) }

  mutating func count(_ listing: Listing) {
    if var known = listings.removeValue(forKey: listing.sortKey) {
      known.count += listing.count
      known.heardAt = [known.heardAt, listing.heardAt].compactMap { $0 }.min()
      listings[listing.sortKey] = known
    } else {
      listings[listing.sortKey] = listing
    }
  }
}

extension Connection {
  /// The order of attempts at one endpoint: by their start where it is known, then by their bytes, so
  /// that the order of a file's rows does not matter.
  var importOrder: SortKey {
    var key = sortKey
    key.append(startedAt ?? "")
    key.append(SHA256.hex(RowEncoder.text(of: self).utf8))
    return key
  }
}
