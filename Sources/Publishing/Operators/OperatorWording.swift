internal import Records

/// What may be said of servers that are run together: one table, so that it can be reviewed as a whole.
enum OperatorWording {
  /// Continues a sentence of which servers are the subject.
  static func joined(_ label: OperatorLabel) -> String {
    switch label {
    case .confirmed: "are of one identity, proved by a key (confirmed)"
    case .probable: "likely have one operator: nobody else can make what joins them (probable)"
    case .likely:
      "possibly have one operator: what joins them can be copied, rented or shared (likely)"
    case .single: "stand alone"
    }
  }

  static func legend(_ label: OperatorLabel) -> String {
    switch label {
    case .confirmed: "confirmed: one identity, proved by a key"
    case .probable: "probable: nobody else can make what joins them"
    case .likely: "possibly one operator: what joins them can be copied, rented or shared"
    case .single: label.rawValue
    }
  }

  static let upperBound =
    "No count here is the number of operators that there are: who varies keys, names and texts from "
    + "server to server is not found, so that more servers may be run together; and what joins "
    + "servers can be a recipe or a host that strangers share, so that fewer may be."

  static let alike =
    "Deployed alike says that servers have the same ordinary values far more often than chance "
    + "explains: one operator, one guide that many followed, or one product. It says nothing of who "
    + "or why."
}
