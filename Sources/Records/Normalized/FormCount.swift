public import Artifact

/// How often a scan has a form in which others write what these programs read.
public struct FormCount: ListedRow, Equatable {
  public static let schema = table(
    "normalized.forms", version: 1, .csv, key: ["form"],
    "Odd forms in what servers and lists of the scan say, each once: those that were understood, and those that could not be read, whose values are unknown."
  )

  public var form = ForeignForm.featuresHostsFlat
  public var read = false
  public var count = 0
  public var example = ""
  public var statement = ""

  public init(_ form: ForeignForm, count: Int, example: String) {
    self.form = form
    read = form.isRead
    self.count = count
    self.example = example
    statement = form.statement
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word("form", &form, "The form.")
    try c.boolean("read", &read, "True where it was understood.")
    try c.integer("count", &count, "Endpoints, peers or certificates that have it.")
    try c.text(
      "example", &example, "The first of them: id of an endpoint, address of a peer, or digest.")
    try c.text("statement", &statement, "What it is, in words.")
  }

  public var sortKey: SortKey { .of(form) }
}
