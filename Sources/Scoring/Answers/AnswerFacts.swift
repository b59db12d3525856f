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
  /// Name of the wallet's list, those of its servers that the scan knows, and whether it is a pinned one, because
  /// the scan started from none.
  let list: (name: String, servers: Int, isPinned: Bool)?
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

  /// `17.4`; from a hundred on without a decimal.
  static func number(_ value: Double) -> String {
    value >= 99.95 ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
