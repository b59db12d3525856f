import Records

/// What one scan shows of one server for one indicator: all that a fold over scans needs of it.
struct ScanObservation: Sendable, Equatable {
  let scan: String
  /// Unit: seconds since 1970; nil: not recorded.
  let time: Int?
  /// How much was looked at.
  var observations = 0
  var hits: [Hit] = []

  /// Something that fired.
  struct Hit: Sendable, Equatable {
    /// What it says alone.
    var grade: IndicatorGrade
    /// What it is about (a script, a target, a question), so that the same can be told in another scan.
    let subject: String
    /// For a reader.
    let text: String
    let place: EvidencePlace?

    init(
      _ grade: IndicatorGrade, _ subject: String, _ text: String, _ place: EvidencePlace? = nil
    ) {
      self.grade = grade
      self.subject = subject
      self.text = text
      self.place = place
    }
  }
}
