import Logging
import Records

/// What of a series could not be read and what its GeoIP databases knew, for the log: each thing once.
struct ReadingReport {
  private var forms: [ForeignForm: Int] = [:]
  private var databases: [DatabaseUse] = []

  mutating func take(_ rows: [FormCount]) {
    for row in rows where !row.read { forms[row.form, default: 0] += row.count }
  }

  /// - Parameter uses: of one scan, in order of trust.
  mutating func take(_ uses: [DatabaseUse]) {
    guard databases.count == uses.count else {
      databases = uses
      return
    }
    for (index, use) in uses.enumerated() {
      databases[index].asked += use.asked
      databases[index].known += use.known
      databases[index].fields += use.fields.filter { !databases[index].fields.contains($0) }
      if databases[index].unread.isEmpty { databases[index].unread = use.unread }
    }
  }

  func tell(_ logger: Logger) {
    for (form, count) in forms.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      logger.notice("\(form.rawValue), \(count) times: \(form.statement)")
    }
    for use in databases {
      let level: Logger.Level = use.known == 0 && use.asked > 0 ? .warning : .notice
      logger.log(level: level, "\(use.summary)")
      if !use.unread.isEmpty {
        logger.warning(
          "GeoIP database \(use.shownType): cannot read \(use.unread.joined(separator: ", "))")
      }
    }
  }
}

extension DatabaseUse {
  /// In one sentence.
  var summary: String {
    let fields = fields.isEmpty ? "none" : self.fields.joined(separator: ", ")
    return
      "GeoIP database \(shownType): knew \(known) of \(asked) addresses; fields read: \(fields)"
  }

  /// Its maker's name for it, as far as it is printable.
  var shownType: String {
    let printable = type.unicodeScalars.filter { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7f }
    return printable.isEmpty
      ? "without a name" : String(String.UnicodeScalarView(printable.prefix(60)))
  }
}
