internal import Artifact

/// A scenario file that lists all its servers.
struct ListedScenario: FieldObject {
  static let definition: String? = "listed"

  private(set) var scenario = Scenario()
  private var schema = ScenarioSchema.name
  private var description: String?

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("schema", &schema, .constant(ScenarioSchema.name), "The form of the file.")
    f.required("name", &scenario.name, .text, "Short name; also the file's.")
    f.field("description", &description, .text, "What the scenario is for.")
    f.field("generated_by", &scenario.generatedBy, .text, "The command that made it.")
    f.required("seed", &scenario.seed, .seed, "Seed of all chance.")
    f.required(
      "network", &scenario.network, .word, "Whose genesis hash the servers state.")
    f.field(
      "epoch_hours", &scenario.epochHours, .number(0.01...8_760),
      "Length of an epoch, in hours.")
    f.required(
      "chain", &scenario.chain, .object(from: ChainSpec(epochHours: scenario.epochHours)),
      "How the shared chain looks.")
    f.field(
      "peer_knowledge", &scenario.peerKnowledge, .number(0...1),
      "Part of the listed servers that each server knows.")
    partFields(&f)
    f.required(
      "bootstrap", &scenario.bootstrap, .list(.text, minimum: 1),
      "Ids of the servers that a crawl starts from.")
  }

  private mutating func partFields<F: Fields>(_ f: inout F) {
    f.required(
      "sites", &scenario.sites, .list(.object, minimum: 1),
      "The address plan; prefixes do not overlap.")
    f.required(
      "operators", &scenario.operators, .list(.object, minimum: 1),
      "Who runs what: the truth.")
    f.field(
      "phantoms", &scenario.phantoms, .list(.object),
      "Peers that are told of and are no running servers.")
    f.field(
      "nodes", &scenario.nodes, .list(.object),
      "Nodes behind servers that are not the usual ones.")
    f.field(
      "wallets", &scenario.wallets, .list(.object),
      "Wallets whose balance is planted on the chain.")
    f.field(
      "releases", &scenario.releases, .list(.object), "The calendar of releases.")
    f.field("outages", &scenario.outages, .list(.object), "Correlated outages.")
  }
}

/// A scenario file that names what to generate in place of listing it.
struct GeneratedScenario: FieldObject {
  static let definition: String? = "generated"

  private(set) var name = ""
  private(set) var description: String?
  private var generation = GenerationSpec()
  private var schema = ScenarioSchema.name

  init() {}

  var parameters: GenerationParameters { generation.parameters }

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("schema", &schema, .constant(ScenarioSchema.name), "The form of the file.")
    f.required("name", &name, .text, "Short name; also the file's.")
    f.field("description", &description, .text, "What the scenario is for.")
    f.required("generate", &generation, .object, "What to generate.")
  }
}

extension FieldForm where Value == UInt64 {
  fileprivate static var seed: FieldForm {
    FieldForm<Int>.integer(0...Int.max).converted(
      expected: "a seed", into: { UInt64($0) }, from: { Int(clamping: $0) })
  }
}
