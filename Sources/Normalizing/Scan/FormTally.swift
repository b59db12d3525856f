import Records

/// How often odd forms were met, each with the first example by its text.
struct FormTally {
  private var counts: [ForeignForm: (count: Int, example: String)] = [:]

  mutating func count(_ form: ForeignForm, example: String) {
    let known = counts[form]
    counts[form] = ((known?.count ?? 0) + 1, min(known?.example ?? example, example))
  }

  /// In no order.
  var rows: [FormCount] {
    counts.map { FormCount($0.key, count: $0.value.count, example: $0.value.example) }
  }
}
