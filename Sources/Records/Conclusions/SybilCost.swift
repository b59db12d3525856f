public import Artifact

/// What added servers of one owner would see of wallets, and what they would cost.
public struct SybilCost: ListedRow, Equatable {
  public static let schema = table(
    "scores.sybil_cost", version: 1, .csv, key: ["policy", "placement", "servers"],
    "What servers that one owner adds to the network of the last scan would see of wallets, under policies of the wallet, and what they would cost: simulated."
  )

  public var policy = ""
  public var placement = ""
  public var servers = 0
  public var prefixes = 0
  public var systems = 0
  public var listed = 0
  public var priceMonth: Double?
  public var priceMonthHigh: Double?
  public var mainFirst = 0.0
  public var mainLater = 0.0
  public var connectedLater = 0.0
  public var seen30 = 0.0
  public var seen30Low = 0.0
  public var seen30High = 0.0
  public var bestResponse = false
  public var bestForPrice: Bool?
  public var honestLoad = 0.0
  public var honestPeak = 0.0
  public var losses = 0
  public var wallets = 0

  public init(policy: String, placement: String, servers: Int) {
    self.policy = policy
    self.placement = placement
    self.servers = servers
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try costColumns(&c)
    try exposureColumns(&c)
    try loadColumns(&c)
  }

  private mutating func costColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "policy", &policy,
      "How the wallet chooses: `status-quo`, `one-per-as` (at most one connection an autonomous system) or `one-per-as-persistent-main` (the same, and the main server is kept while it answers)."
    )
    try c.text(
      "placement", &placement,
      "Where the servers stand: `one-prefix` (one /16), `one-as` (a /16 each, one autonomous system), `spread` (a /16 and a system each), `listed` (the same, and in the hard-coded list), or `none` (nobody added any)."
    )
    try c.integer("servers", &servers, "Servers added, each with an address of its own.")
    try c.integer("prefixes", &prefixes, "/16 prefixes that they take.")
    try c.integer("systems", &systems, "Autonomous systems that they take.")
    try c.integer("listed", &listed, "Those of them in the hard-coded list.")
    try c.number(
      "price_month", &priceMonth, digits: 6,
      "What their addresses cost a month at least, by the lowest reference price that the manifest names; machines and the way into the list are not in it.",
      unit: "USD", nil: "no reference of prices was given")
    try c.number(
      "price_month_high", &priceMonthHigh, digits: 6, "The same by the highest reference price.",
      unit: "USD", nil: "no reference of prices was given")
  }

  private mutating func exposureColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.number(
      "main_first", &mainFirst, digits: 6,
      "Share of first sessions whose main server is one of them.")
    try c.number(
      "main_later", &mainLater, digits: 6, "The same share of a wallet's later sessions.")
    try c.number(
      "connected_later", &connectedLater, digits: 6,
      "Share of later sessions that connect to one of them.")
    try c.number(
      "seen_30", &seen30, digits: 6,
      "Share of wallets of which one of them was a main server within 30 sessions.")
    try c.number(
      "seen_30_low", &seen30Low, digits: 6,
      "Lower end of its 95 % interval: that of the simulation alone.")
    try c.number("seen_30_high", &seen30High, digits: 6, "Upper end of it.")
    try c.boolean(
      "best_response", &bestResponse,
      "True where no placement of the table sees more wallets under the policy with as many servers, or as many in more sessions, or the same for a lower price."
    )
    try c.boolean(
      "best_for_price", &bestForPrice,
      "True where no row of the policy that costs at most as much sees more in the same sense.",
      nil: "no reference of prices was given")
  }

  private mutating func loadColumns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.number(
      "honest_load", &honestLoad, digits: 6,
      "Sessions in which one of the other servers is connected, on average over these servers, as a share of all."
    )
    try c.number(
      "honest_peak", &honestPeak, digits: 6,
      "The same for the other server that is connected most often.")
    try c.integer("losses", &losses, "Connections assumed to be lost in a session.")
    try c.integer("wallets", &wallets, "Wallets simulated, of 30 sessions each.")
  }

  public var sortKey: SortKey { .of(policy, placement, servers) }
}
