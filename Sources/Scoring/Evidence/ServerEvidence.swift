import ElectrumProtocol
import Records

/// What scoring looks at, of one server.
struct ServerEvidence {
  let profile: FeatureProfile
  var tips: [Tip] = []
  /// The tip headers that it sent, and what is wrong with each.
  var headers: [(scan: String, defect: String?)] = []
  /// What it tells of its first block, by scan; a scan in which it tells nothing has no entry.
  var genesisHashes: [String: Set<String>] = [:]
  /// Scans that have a row of it.
  var scans: Set<String> = []
  var banner: String?
  var bannerStatus: ValueStatus = .unknown
  /// Error texts and how often each was sent.
  var errorTexts: [String: Int] = [:]
  var repliesSeen = 0
  /// Key orders of result replies and how often each was seen.
  var keyOrders: [String: Int] = [:]

  /// A header tip in a scan.
  struct Tip {
    let scan: String
    let height: Int
    let hash: String?
    let time: String?
  }

  init(_ profile: FeatureProfile) { self.profile = profile }

  mutating func take(_ view: ChainView, scan: String) {
    tips.append(
      Tip(scan: scan, height: view.height, hash: view.headerHash, time: view.headerTime))
    var defect: String?
    if view.headerHash == nil {
      defect = "scan \(scan): the header at height \(view.height) is not 80 bytes"
    } else if view.workValid == false {
      defect =
        "scan \(scan): header \(view.headerHash ?? "") at height \(view.height) misses its own target"
    }
    headers.append((scan, defect))
  }

  mutating func take(_ server: Server, scan: String) {
    scans.insert(scan)
    if let hash = server.genesisHash, GenesisHash.isOfBlock(hash) {
      genesisHashes[scan, default: []].insert(hash)
    }
    if server.bannerStatus != .unknown {
      bannerStatus = server.bannerStatus
      banner = server.banner
    }
  }

  mutating func take(_ exchange: ExchangeRecord) {
    guard exchange.keyOrder != nil else { return }
    repliesSeen += 1
    if let message = exchange.errorMessage {
      errorTexts[message, default: 0] += 1
    } else if let order = exchange.keyOrder {
      keyOrders[order, default: 0] += 1
    }
  }
}
