public import Artifact

/// A stage whose folder has a table of the rules that it applies.
public protocol RuleTable: Sendable {
  static var schema: ArtifactSchema { get }
}

/// A rule that a stage applies: every stage's table has the same columns.
public struct RuleRecord<Table: RuleTable>: ArtifactRow, Equatable {
  /// Permanent id.
  public var id: String
  /// What the rule is about.
  public var family: RuleFamily
  /// Kind of evidence within the family.
  public var group: String
  /// What the rule says.
  public var statement: String
  /// Where it is from.
  public var source: String
  /// Whether this release evaluates it.
  public var evaluated: Bool

  public init<Value: Rule>(_ rule: Value) {
    id = rule.id.text
    family = Value.family
    group = rule.group.name
    statement = rule.statement
    source = rule.source.text
    evaluated = rule.isEvaluated
  }

  /// The same rule in another table.
  public init<Other: RuleTable>(_ row: RuleRecord<Other>) {
    id = row.id
    family = row.family
    group = row.group
    statement = row.statement
    source = row.source
    evaluated = row.evaluated
  }
}

extension RuleRecord {
  public static var schema: ArtifactSchema { Table.schema }

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(family.rawValue)
    key.append(id)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("id", id)
    encoder.text("family", family.rawValue)
    encoder.text("group", group)
    encoder.text("statement", statement)
    encoder.text("source", source)
    encoder.boolean("evaluated", evaluated)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    id = try decoder.text("id")
    family = try decoder.word("family", RuleFamily.self)
    group = try decoder.text("group")
    statement = try decoder.text("statement")
    source = try decoder.text("source")
    evaluated = try decoder.boolean("evaluated")
  }
}
