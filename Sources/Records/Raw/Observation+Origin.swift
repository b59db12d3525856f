import Artifact

extension Observation {
  /// What a scan was taken over from.
  public struct Origin: Sendable, Equatable {
    public var asked: [String] = []
    public var format: String?
    public var leftOut: [String] = []
    public var notAsked: [String] = []
    public var replies: String?
    public var rows: [String: Int] = [:]
    public var particulars = Particulars()

    mutating func fields<F: Fields>(_ f: inout F) {
      f.field("asked", &asked, .texts, "Probes that the record has answers to.")
      f.field("format", &format, .text, "Form of the record.")
      f.field("left_out", &leftOut, .texts, "Fields of the record that were not taken over.")
      f.field("not_asked", &notAsked, .texts, "Probes that the record cannot have.")
      f.field("replies", &replies, .text, "How much of a reply the record kept.")
      f.field("rows", &rows, .counts, "Rows of each file.")
      particulars.fields(&f)
    }
  }

  /// What only some forms of records tell.
  public struct Particulars: Sendable, Equatable {
    public var assumed: [String: Int]?
    public var rowsLeftOut: [String: Int]?
    public var rowsRejected: [String: Int]?
    public var statesRejected: [String]?
    public var unattachedCertificates: Int?

    public init() {}

    mutating func fields<F: Fields>(_ f: inout F) {
      f.field("assumed", &assumed, .counts, "Rows for which something was assumed, by what.")
      f.field(
        "rows_left_out", &rowsLeftOut, .counts, "Rows that were not taken over, by reason.")
      f.field(
        "rows_rejected", &rowsRejected, .counts, "Rows that could not be read, by file.")
      f.field(
        "states_rejected", &statesRejected, .texts,
        "States of a list that were left out, each with its first row that could not be read.")
      f.field(
        "unattached_certificates", &unattachedCertificates, .integer(0...Int.max),
        "Certificates at places for which no TLS attempt is listed.")
    }
  }
}
