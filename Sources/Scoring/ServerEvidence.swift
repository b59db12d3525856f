import Records

/// What scoring looks at, of one server.
struct ServerEvidence {
  let profile: FeatureProfile
  var tips: [Tip] = []
  var headersSeen = 0
  var invalidHeaders: [String] = []
  var genesisHashes: Set<String> = []
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
    headersSeen += 1
    tips.append(
      Tip(scan: scan, height: view.height, hash: view.headerHash, time: view.headerTime))
    if view.headerHash == nil {
      invalidHeaders.append("scan \(scan): the header at height \(view.height) is not 80 bytes")
    } else if view.workValid == false {
      invalidHeaders.append(
        "scan \(scan): header \(view.headerHash ?? "") at height \(view.height) misses its own target"
      )
    }
  }

  mutating func take(_ server: Server) {
    server.genesisHash.map { _ = genesisHashes.insert($0) }
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
