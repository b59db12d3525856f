internal import ElectrumProtocol

/// What a random network is made from. Equal parameters give equal bytes.
public struct GenerationParameters: Sendable, Equatable {
  /// Servers in all.
  var servers: Int
  var seed: Int
  /// Part of the servers of each kind of operator, in the order of `OperatorKind`.
  var mix: [OperatorKind: Double] = Self.usualMix
  /// Operators in all; nil: as the mix and the law of sizes make them.
  var operators: Int?
  /// Part of the servers with a planted deviation, 0…1.
  var deviantShare = 0.0
  /// Part of the fields that operators in hiding make random, 0…1.
  var randomised = 0.0

  static let keys: Set<String> = [
    "servers", "seed", "mix", "operators", "deviant_share", "randomised",
  ]

  /// Mostly single devices and rented machines.
  static let usualMix: [OperatorKind: Double] = [
    .appliance: 0.3, .vps: 0.3, .pro: 0.15, .farm: 0.1, .stealth: 0.05, .platform: 0.1,
  ]

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    servers = try reader.integer("servers", 1...20_000)
    seed = try reader.integer("seed", 0...Int.max)
    operators = try reader.optionalInteger("operators", 1...20_000)
    deviantShare = try reader.optionalNumber("deviant_share", 0...1) ?? 0
    randomised = try reader.optionalNumber("randomised", 0...1) ?? 0
    if let value = reader.value["mix"] {
      mix = try Self.mix(value, place: reader.place("mix"))
    }
  }

  /// From a command line; the same checks, by the names of its options.
  ///
  /// - Parameter mix: `KIND=SHARE,…`; nil: the usual one.
  public init(
    servers: Int, seed: Int, mix: String?, operators: Int?, deviantShare: Double,
    randomised: Double
  ) throws(ScenarioError) {
    var members = [
      WireMember("servers", .integer(servers)), WireMember("seed", .integer(seed)),
      WireMember("deviant_share", .number("\(deviantShare)")),
      WireMember("randomised", .number("\(randomised)")),
    ]
    if let operators { members.append(WireMember("operators", .integer(operators))) }
    if let mix {
      let parts = mix.split(separator: ",", omittingEmptySubsequences: false)
      members.append(
        WireMember(
          "mix",
          .object(
            parts.map { part in
              let pair = part.split(separator: "=", maxSplits: 1)
              let share = pair.count == 2 ? Double(pair[1]) : nil
              return WireMember(
                String(pair.first ?? ""), share.map { .number("\($0)") } ?? .string(String(part)))
            })))
    }
    try self.init(.object(members), place: "generate")
  }

  private static func mix(
    _ value: WireValue, place: String
  ) throws(ScenarioError) -> [OperatorKind: Double] {
    let reader = try ScenarioReader(
      value, place: place, keys: Set(OperatorKind.allCases.map(\.rawValue)))
    var result: [OperatorKind: Double] = [:]
    for kind in OperatorKind.allCases {
      if let share = try reader.optionalNumber(kind.rawValue, 0...1_000_000), share > 0 {
        result[kind] = share
      }
    }
    guard !result.isEmpty else {
      throw ScenarioError(
        .missingKey, place: place, expected: "a positive share of a kind", found: "none")
    }
    return result
  }

  /// The command line that makes the same.
  var commandLine: String {
    let kinds = OperatorKind.allCases.compactMap { kind in
      mix[kind].map { "\(kind.rawValue)=\(Self.text($0))" }
    }
    var words = [
      "simnet generate", "--seed \(seed)", "--servers \(servers)",
      "--mix \(kinds.joined(separator: ","))",
    ]
    if let operators { words.append("--operators \(operators)") }
    if deviantShare > 0 { words.append("--deviant-share \(Self.text(deviantShare))") }
    if randomised > 0 { words.append("--randomised \(Self.text(randomised))") }
    return words.joined(separator: " ")
  }

  private static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
