public import Artifact

/// A stage whose folder has a table of the rules that it applies.
public protocol RuleTable: Sendable {
  static var schema: ArtifactSchema { get }
}

/// A rule that a stage applies: every stage's table has the same columns.
public struct RuleRecord<Table: RuleTable>: ListedRow, Equatable {
  public static var schema: ArtifactSchema { Table.schema }

  public var id = ""
  public var family = RuleFamily.resolution
  public var group = ""
  public var statement = ""
  public var source = ""
  public var evaluated = false

  public init() {}

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

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("id", &id, "Permanent id, never given to another rule.")
    try c.word("family", &family, "What the rule is about.")
    try c.text("group", &group, "Kind of evidence within the family.")
    try c.text("statement", &statement, "What the rule says, in one sentence.")
    try c.text("source", &source, "Where the rule is from.")
    try c.boolean(
      "evaluated", &evaluated, "False for a rule that this release states and cannot evaluate.")
  }

  public var sortKey: SortKey { .of(family, id) }
}
