internal import ElectrumProtocol

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
struct OperatorSpec: Sendable, Equatable {
  let id: String
  let kind: OperatorKind
  /// Part of the fields of each server that are made to look like nobody's in particular, 0…1.
  let randomised: Double
  var servers: [ServerSpec]

  static let keys = ServerSettings.keys.union(["id", "kind", "randomised", "servers"])

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    id = try reader.text("id")
    kind = try reader.word("kind", OperatorKind.self)
    randomised = try reader.optionalNumber("randomised", 0...1) ?? 0
    let common = try ServerSettings(reader, over: ServerSettings())
    var servers: [ServerSpec] = []
    for item in try reader.list("servers") {
      servers += try ServerSpec.read(item.value, place: item.place, common: common)
    }
    guard !servers.isEmpty else {
      throw ScenarioError(
        .missingKey, place: reader.place("servers"), expected: "at least one server",
        found: "none")
    }
    self.servers = servers
  }
}
