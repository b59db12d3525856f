internal import Artifact

/// What a random network is made from. Equal parameters give equal bytes.
public struct GenerationParameters: Sendable, Equatable {
  var servers = 1
  var seed = 0
  /// Part of the servers of each kind of operator.
  var mix: [OperatorKind: Double] { shares.positive }
  fileprivate var shares = OperatorMix()
  var operators: Int?
  var deviantShare = 0.0
  var randomised = 0.0
  /// Words of the habits whose servers are added; see ``Habit``.
  var habits: [String] = []

  init() {}

  /// From a command line; the same checks, by the names of its options.
  ///
  /// - Parameters:
  ///   - mix: `KIND=SHARE,…`; nil: the usual one.
  ///   - habits: `WORD,…`, or `all`; nil: none.
  public init(
    servers: Int, seed: Int, mix: String?, operators: Int?, deviantShare: Double,
    randomised: Double, habits: String? = nil
  ) throws(ScenarioError) {
    var members: [(String, JSONValue)] = [
      ("servers", .integer(servers)), ("seed", .integer(seed)),
      ("deviant_share", .number(deviantShare)), ("randomised", .number(randomised)),
    ]
    if let operators { members.append(("operators", .integer(operators))) }
    if let habits {
      let words =
        habits == "all" ? Habit.all.map(\.word) : habits.split(separator: ",").map { String($0) }
      members.append(("habits", .array(words.map { .string($0) })))
    }
    if let mix { members.append(("mix", Self.json(ofMix: mix))) }
    do throws(ObjectMistakes) {
      self = try ObjectReader.read(.object(members), as: GenerationSpec.self).value.parameters
    } catch {
      throw ScenarioError(error, path: "generate")
    }
  }

  private static func json(ofMix text: String) -> JSONValue {
    .object(
      text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        let pair = part.split(separator: "=", maxSplits: 1)
        let share = pair.count == 2 ? Double(pair[1]) : nil
        return (
          String(pair.first ?? ""), share.map { .number($0) } ?? .string(String(part))
        )
      })
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
    if !habits.isEmpty { words.append("--habits \(habits.joined(separator: ","))") }
    return words.joined(separator: " ")
  }

  private static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

/// The `generate` of a scenario.
struct GenerationSpec: FieldObject {
  static let definition: String? = "generation"

  private(set) var parameters = GenerationParameters()

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("servers", &parameters.servers, .integer(1...20_000), "Servers in all.")
    f.required("seed", &parameters.seed, .integer(0...Int.max), "Seed of all chance.")
    f.field(
      "mix", &parameters.shares, .mix,
      "Shares of the kinds of operators; absent: the usual ones.")
    f.field(
      "operators", &parameters.operators, .integer(1...20_000),
      "Operators in all; absent: as the mix makes them.")
    f.field(
      "deviant_share", &parameters.deviantShare, .number(0...1),
      "Part of the servers with a planted deviation.")
    f.field(
      "randomised", &parameters.randomised, .number(0...1),
      "Part of the fields that operators in hiding make random.")
    f.field(
      "habits", &parameters.habits, .list(.habit),
      "Habits of people and operators that look like others, a few servers each beside these: "
        + Habit.all.map(\.word).joined(separator: ", ") + ".")
  }
}

/// Which kinds of operators a generated network has.
struct OperatorMix: Sendable, Equatable, FieldObject {
  /// Mostly single devices and rented machines.
  private static let usual: [OperatorKind: Double] = [
    .appliance: 0.3, .vps: 0.3, .pro: 0.15, .farm: 0.1, .stealth: 0.05, .platform: 0.1,
  ]

  private var shares: [OperatorKind: Double] = Self.usual

  init() {}

  init(shares: [OperatorKind: Double]) {
    self.shares = shares
  }

  var positive: [OperatorKind: Double] { shares.filter { $0.value > 0 } }

  mutating func fields<F: Fields>(_ f: inout F) {
    for kind in OperatorKind.allCases {
      f.field(kind.rawValue, &shares[kind], .number(0...1_000_000), "Share of the servers.")
    }
  }
}

extension FieldForm where Value == OperatorMix {
  fileprivate static var mix: FieldForm {
    object(from: OperatorMix(shares: [:])).converted(
      expected: "a positive share of a kind", .missing,
      constraint: [("minProperties", .integer(1))],
      into: { $0.positive.isEmpty ? nil : $0 }, from: { $0 })
  }
}

extension FieldForm where Value == String {
  fileprivate static var habit: FieldForm {
    text.converted(
      expected: "one of " + Habit.all.map(\.word).joined(separator: ", "), .unknownName,
      into: { Habit.named($0)?.word }, from: { $0 })
  }
}
