internal import Artifact

/// What a kind of operator is like; says nothing by itself, but is part of the truth.
enum OperatorKind: String, Sendable, CaseIterable {
  /// One device at home.
  case appliance
  /// One rented machine.
  case vps
  /// A few servers, openly together.
  case pro
  /// Many servers side by side.
  case farm
  /// Many servers that pretend to be unrelated.
  case stealth
  /// One service with many customers.
  case platform
}

/// One operator with its servers and their common settings.
struct OperatorSpec: Sendable, Equatable, FieldObject {
  static let definition: String? = "operator"

  private(set) var id = ""
  private(set) var kind = OperatorKind.vps
  private(set) var randomised = 0.0
  var servers: [ServerSpec] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("id", &id, .text, "Name of the operator.")
    f.required(
      "kind", &kind, .word, "What kind of operator it is; part of the truth.")
    f.field(
      "randomised", &randomised, .number(0...1),
      "Chance of each controllable field of each server to be made to look like nobody's.")
    var common = ServerSettings()
    common.fields(&f)
    var groups: [ServerSpec] = []
    f.required(
      "servers", &groups, .list(.object(from: ServerSpec(common)), minimum: 1),
      "Its servers; what the operator says holds for all that do not say it themselves.")
    servers = groups.flatMap(\.counted)
  }
}
