public import Artifact

/// What the names below a registrable domain tell of who gives them.
public struct DomainNames: ListedRow, Equatable {
  public static let schema = table(
    "features.domains", version: 1, .csv, key: ["domain"],
    "Registrable domains of verified names, and whether an owner or a provider gives the names below. A fold over tables of single scans."
  )

  public var domain = ""
  public var servers = 0
  public var names = 0
  public var functionalNames = 0
  public var machineMadeNames = 0
  public var isOwnerZone = false
  public var isProviderZone = false
  public var providerReason: String?

  public init(domain: String) { self.domain = domain }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "domain", &domain,
      "Registrable domain; domains that strangers share have none: see `unknown.shared-domain`.")
    try c.integer("servers", &servers, "Servers that answered or showed a key, with a name below.")
    try c.integer("names", &names, "Their verified names below it, the domain itself included.")
    try c.integer(
      "functional_names", &functionalNames,
      "Names that are the domain itself, or of which every label below it tells a machine's function, as `node3`."
    )
    try c.integer(
      "machine_made_names", &machineMadeNames,
      "Names whose first label below it a machine gave, as `vmi468267`.")
    try c.boolean(
      "owner_zone", &isOwnerZone,
      "True where three in four or more of the names are functional: how an owner names machines.")
    try c.boolean(
      "provider_zone", &isProviderZone,
      "True where there are three names or more, and a quarter or more are machine-made: the names of a provider's customers."
    )
    try c.text(
      "provider_reason", &providerReason, "Why it is taken for a provider's zone.",
      nil: "it is not")
  }

  public var sortKey: SortKey { .of(domain) }
}
