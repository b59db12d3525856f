import Records
import Statistics

/// What the answers are read from.
struct AnswerFacts {
  let date: String?
  let isSimulated: Bool
  /// Servers that answered in the series.
  let profiles: [FeatureProfile]
  let membership: [String: OperatorMembership]
  let deviations: [Deviation]
  let concentration: [ConcentrationIndex]
  let exposure: [GroupExposure]
  /// Name and length of the wallet's list.
  let list: (name: String, servers: Int)?
  let losses: Int
  let estimate: Chao2
  /// Of each server that answered whether a domain of its own or a contact names somebody; nil: not known.
  let attributed: [Bool?]
  /// Networks that a public source says belong to companies that analyse the chain; nil: no such source was
  /// given.
  let namedNetworks: Int?
  let inNamedNetworks: Int
}

/// Numbers in sentences, in one form.
enum AnswerText {
  /// `31 %`; below one per cent with a digit more.
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded())
    if tenths == 0 || tenths >= 100 || tenths % 10 == 0 { return "\((tenths + 5) / 10) %" }
    return "\(tenths / 10).\(tenths % 10) %"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
