import RecordLinkage
import Records

/// Groups of operator evidence. Evidence of one group counts once, since one act makes all of it:
/// who copies a page copies the donation address, the contact and the certificate's subject in it.
enum OperatorGroup: Int, RuleGroup, CaseIterable {
  /// A secret.
  case key
  /// Certificates that one issuing key of an owner signed.
  case issuer
  /// Certificates made in one go.
  case batch
  /// Names that lead to the servers.
  case name
  /// What an operator writes, and anybody can read and copy.
  case texts
  /// Two servers that name each other.
  case claim
  /// What a hoster gives to one tenant.
  case tenant
  /// Where the servers are.
  case address
  /// What node is behind them.
  case node
  /// Ordinary values that too many have together: deployed alike, no evidence of who.
  case recipe

  var name: String { String(describing: self) }

  /// Groups that are weighed, in order of their index in the model.
  static let weighed: [OperatorGroup] = allCases.filter { $0 != .recipe }

  /// Share of an operator's pairs that agree so; nil for the cap.
  private var levels: [AgreementLevel] {
    switch self {
    case .key: [AgreementLevel(agreement: nil, strength: .proof)]
    case .batch: [AgreementLevel(agreement: 0.3, strength: .alone)]
    case .issuer, .name:
      [
        AgreementLevel(agreement: 0.3, strength: .support),
        AgreementLevel(agreement: 0.3, strength: .alone),
      ]
    case .texts, .address: [AgreementLevel(agreement: 0.3, strength: .support)]
    case .claim: [AgreementLevel(agreement: nil, strength: .support)]
    case .tenant: [AgreementLevel(agreement: nil, strength: .alone)]
    case .node: [AgreementLevel(agreement: 0.02, strength: .support)]
    case .recipe: []
    }
  }

  /// The model of the linkage with its defaults.
  static let model = LinkageModel(
    groups: weighed.map {
      EvidenceGroupModel(name: $0.name, levels: $0.levels)
    })
}
