internal import ElectrumProtocol

/// What a server does that an honest one would not, or how it fails. Part of the truth.
enum PlantedDeviation: Sendable, Equatable {
  /// Serves a chain this many blocks behind the others.
  case staleTip(blocks: Int)
  /// Its newest header has neither the work nor the linkage it claims.
  case falseTip
  /// States another network's genesis block and serves another chain.
  case foreignGenesis(BitcoinNetwork)
  /// Its banner sends people to a fake update; the text is the banner.
  case phishingBanner(text: String)
  /// Calls any use beyond so many requests of a connection excessive, and closes.
  case throttles(requests: Int)
  /// Answers bytes that are no JSON.
  case garbage
  /// Accepts and never answers.
  case silent
  /// Accepts and closes at once.
  case closes

  private enum Kind: String, CaseIterable {
    case staleTip = "stale-tip"
    case falseTip = "false-tip"
    case foreignGenesis = "foreign-genesis"
    case phishingBanner = "phishing-banner"
    case throttles, garbage, silent, closes
  }

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(
      value, place: place, keys: ["kind", "blocks", "network", "text", "requests"])
    switch try reader.word("kind", Kind.self) {
    case .staleTip: self = .staleTip(blocks: try reader.integer("blocks", 1...100))
    case .falseTip: self = .falseTip
    case .foreignGenesis:
      self = .foreignGenesis(try reader.word("network", BitcoinNetwork.self))
    case .phishingBanner: self = .phishingBanner(text: try reader.text("text"))
    case .throttles: self = .throttles(requests: try reader.integer("requests", 0...1_000_000))
    case .garbage: self = .garbage
    case .silent: self = .silent
    case .closes: self = .closes
    }
  }

  /// The permanent word of this kind.
  var word: String {
    let kind: Kind =
      switch self {
      case .staleTip: .staleTip
      case .falseTip: .falseTip
      case .foreignGenesis: .foreignGenesis
      case .phishingBanner: .phishingBanner
      case .throttles: .throttles
      case .garbage: .garbage
      case .silent: .silent
      case .closes: .closes
      }
    return kind.rawValue
  }
}
