import Ordering

/// A table of recipes with numbers for values.
struct CodedTable {
  /// Code of an unknown value, and of a usual one.
  static let unknown = Int32(-1)
  static let usual = Int32(0)

  let fields: Int
  /// By explanation: the field that tells it itself.
  let explainedFields: [Int?]
  /// By field, then record.
  let codes: [[Int32]]
  /// By field: the texts of codes from 1.
  let texts: [[String]]
  let places: [Int]
  /// By explanation, then record.
  let kinds: [[Int]]
  /// By record: fields that are known, as bits.
  let known: [UInt32]

  init(_ table: RecipeTable) {
    fields = table.fields.count
    explainedFields = table.explanations.map(\.field)
    var codes: [[Int32]] = []
    var texts: [[String]] = []
    for field in table.fields.indices {
      let values = Set(
        table.cells.compactMap { cells -> String? in
          if case .value(let value) = cells[field] { value } else { nil }
        }
      ).sorted()
      let code = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, Int32($0 + 1)) })
      texts.append(values)
      codes.append(
        table.cells.map { cells in
          switch cells[field] {
          case .unknown: Self.unknown
          case .usual: Self.usual
          case .value(let value): code[value] ?? Self.unknown
          }
        })
    }
    self.codes = codes
    self.texts = texts
    places = Self.numbered(table.places)
    kinds = table.explanations.map { explanation in
      Self.numbered(explanation.kinds.map { $0.map { "=" + $0 } ?? "" })
    }
    known = table.cells.indices.map { record in
      codes.indices.reduce(0) { $0 | (codes[$1][record] == Self.unknown ? 0 : 1 << UInt32($1)) }
    }
  }

  private static func numbered(_ names: [String]) -> [Int] {
    let order = Set(names).sorted()
    let number = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    return names.map { number[$0] ?? 0 }
  }

  /// Calls `body` once with each group of records that are equal on two fields or more, and with
  /// all fields on which they are.
  func forEachClosedGroup(
    of records: [Int], smallest: Int, _ body: (_ members: [Int32], _ fields: [Int]) -> Void
  ) {
    refine(records.map { Int32($0) }, from: 0, used: [], smallest, body)
  }

  private func refine(
    _ group: [Int32], from first: Int, used: [Int], _ smallest: Int,
    _ body: (_ members: [Int32], _ fields: [Int]) -> Void
  ) {
    for field in first..<max(first, fields) {
      for members in parts(of: group, by: field) where members.count >= smallest {
        let used = used + [field]
        // A group is told where all that it shares has been used: once, and with nothing left out.
        if used.count > 1, closure(members) == used { body(members, used) }
        refine(members, from: field + 1, used: used, smallest, body)
      }
    }
  }

  private func parts(of group: [Int32], by field: Int) -> [[Int32]] {
    var parts: [Int32: [Int32]] = [:]
    for record in group {
      let code = codes[field][Int(record)]
      if code > Self.usual { parts[code, default: []].append(record) }
    }
    return parts.sorted { $0.key < $1.key }.map(\.value)
  }

  private func closure(_ members: [Int32]) -> [Int] {
    codes.indices.filter { field in
      let code = codes[field][Int(members[0])]
      return code > Self.usual && members.allSatisfy { codes[field][Int($0)] == code }
    }
  }
}
