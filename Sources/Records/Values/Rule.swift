public import Artifact

/// One statement by which these programs conclude something, published word for word.
///
/// A rule is a value: whoever applies it, prints it or writes it into a table reads the same one.
public protocol Rule: Sendable {
  associatedtype Group: RuleGroup

  /// What the rule is about.
  static var family: RuleFamily { get }
  /// Never given to another rule.
  var id: RuleID { get }
  /// What kind of evidence the rule is, which decides what may follow from it.
  var group: Group { get }
  /// What the rule says, in one sentence.
  var statement: String { get }
  var source: RuleSource { get }
  /// Whether this release evaluates the rule. A rule that it does not evaluate stands in the book,
  /// so that the reader knows what was not looked at.
  var isEvaluated: Bool { get }
}

extension Rule {
  public var isEvaluated: Bool { true }
}

/// Kinds of evidence of one family of rules. Code asks a group what it means, never for its name.
public protocol RuleGroup: Sendable, Hashable {
  /// As published.
  var name: String { get }
}

extension RuleGroup where Self: RawRepresentable, RawValue == String {
  public var name: String { rawValue }
}

/// What rules are about.
public enum RuleFamily: String, ColumnWord {
  /// Which endpoints are one server.
  case resolution
  /// What class of maker a certificate has.
  case certificate
  /// Which software a server is.
  case software
  /// What is not held against a server.
  case outage
  /// Which servers likely have one operator.
  case `operator`
  /// How a server deviates from the protocol.
  case indicator
}

/// The rules about certificates are grouped by the class of maker that they tell.
extension CertificateProfile: RuleGroup {}
