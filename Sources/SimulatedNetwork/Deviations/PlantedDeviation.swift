internal import Artifact
internal import SimulatedServers

/// What a server does that an honest one would not, or how it fails. Part of the truth.
///
/// Each deviation is one file of this folder that says everything of it, and stands in the list of
/// `PlantedDeviations`. Nothing here has a default, so that nothing can be left out unseen.
protocol PlantedDeviation: FieldObject {
  /// The permanent word of the deviation, in scenarios and in the truth.
  static var word: String { get }
  /// What it does, in one sentence, for the article and the schema.
  static var summary: String { get }
  /// Ids of the indicators that ought to fire at such a server; empty: none is made for it.
  static var indicators: [String] { get }
  /// Whether it is about answers alone, so that it can be what some clients see; another face
  /// cannot be another network of names or another way to fail.
  static var isAnswer: Bool { get }
  /// The forms in which generated networks have it, each alike often; empty: they do not have it.
  static var drawn: [Self] { get }

  /// Plants it in what the server shows to everybody.
  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter)
}

extension PlantedDeviation {
  var word: String { Self.word }

  /// Its members, without the time.
  var json: JSONValue { ObjectWriter.json(of: self, fills: false) }

  /// Its form in a scenario.
  var scenarioJSON: JSONValue {
    guard case .object(let members) = json else { return .null }
    return .object([("kind", .string(word))] + members)
  }
}

/// What a fake update's advertisement says.
let phishingText =
  "<b>Your wallet is out of date.</b> Update at https://wallet-update.example/ to send."
