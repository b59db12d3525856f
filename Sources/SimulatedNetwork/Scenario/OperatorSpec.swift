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
  var servers: [ServerSpec]

  static let keys: Set<String> = [
    "id", "kind", "banner", "donation_address", "certificate", "servers",
  ]

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    id = try reader.text("id")
    kind = try reader.word("kind", OperatorKind.self)
    let common = ServerSpec.OperatorDefaults(
      banner: try reader.optionalText("banner"),
      donationAddress: try reader.optionalText("donation_address"),
      certificate: try CertificateSpec.read(reader, defaults: CertificateSpec()))
    var servers: [ServerSpec] = []
    for item in try reader.list("servers") {
      servers.append(try ServerSpec(item.value, place: item.place, common: common))
    }
    guard !servers.isEmpty else {
      throw ScenarioError(
        .missingKey, place: reader.place("servers"), expected: "at least one server",
        found: "none")
    }
    self.servers = servers
  }
}

/// Which certificate a server shows.
struct CertificateSpec: Sendable, Equatable {
  typealias Algorithm = CertificateState.Algorithm

  /// Servers with the same name here share one key and certificate; nil: the server's own.
  var sharedKey: String?
  var algorithm = Algorithm.ec
  /// Subject and issuer; nil: the server's first name, or `localhost`.
  var commonName: String?
  var organization: String?
  /// Whole days before the tip's time that the certificate became valid.
  var ageDays = 400
  var validDays = 3_650

  static let keys: Set<String> = [
    "key", "algorithm", "common_name", "organization", "age_days", "valid_days",
  ]

  /// The `certificate` of an operator or server, over what it would otherwise be.
  static func read(
    _ reader: ScenarioReader, defaults: CertificateSpec
  ) throws(ScenarioError) -> CertificateSpec {
    guard let value = reader.value["certificate"] else { return defaults }
    let own = try ScenarioReader(value, place: reader.place("certificate"), keys: keys)
    var result = defaults
    if let key = try own.optionalText("key") { result.sharedKey = key == "own" ? nil : key }
    if own.has("algorithm") { result.algorithm = try own.word("algorithm", Algorithm.self) }
    result.commonName = try own.optionalText("common_name") ?? result.commonName
    result.organization = try own.optionalText("organization") ?? result.organization
    result.ageDays = try own.optionalInteger("age_days", 0...10_000) ?? result.ageDays
    result.validDays = try own.optionalInteger("valid_days", 1...40_000) ?? result.validDays
    return result
  }
}
