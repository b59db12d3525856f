import Ordering
internal import Records

/// What follows for users, authors of wallets and operators, each from a number of the package.
enum RecommendationSection {
  static func sections(_ facts: ReportFacts) -> [Section] {
    [users(facts), authors(facts), operators(facts)]
  }

  private static func listing(_ title: String, _ rows: [[String]], _ sources: [String]) -> Listing {
    Listing(
      listingTitle: title, listingCaption: "Each with the number of this package that it rests on.",
      listingRows: Grid(["What", "Why", "The number"], rows),
      listingSources: sources.map { Source("data/\($0)") })
  }

  private static func users(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "users", sectionTitle: "For users of wallets")
    section.listings = [
      listing(
        "What a user can do",
        [
          [
            "Run a server of your own, or name one whose operator you trust, and fix it.",
            "One fixed server sees all; every further one that the wallet chooses sees it, too. "
              + "Changing servers often does not spread trust: it shows the same addresses to more "
              + "servers, and makes it likelier that one of a large group is met.",
            exposure(facts),
          ],
          [
            "Use Tor.",
            "It hides the address of your machine from servers, not the addresses of your wallet.",
            "\(onions(facts)) of \(NumberText.count(facts.allServers.count, "listed server")) are onion services.",
          ],
          [
            "Do not take an error text or a banner for advice.",
            "What a server says there is its own text.", phishing(facts),
          ],
        ], ["exposure.csv.gz", "servers.csv.gz", "indicators.csv.gz"])
    ]
    return section
  }

  private static func authors(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "authors", sectionTitle: "For authors of wallets")
    section.listings = [
      listing(
        "What a wallet can do",
        [
          [
            "Keep one main server while it answers, and connect to one server a network at most.",
            "Servers of one owner are cheapest in one network.", policy(facts),
          ],
          [
            "Check headers, proofs and histories against several servers of different groups.",
            "A deviation that is proved is seen by whoever checks.", proved(facts),
          ],
          [
            "Take several histories of one script to be the same only where the servers are of "
              + "different likely operators.",
            "Servers of one operator agree by nature.", largest(facts),
          ],
          [
            "Speak the newest protocol that the server has, and send the version first.",
            "Old versions lack proofs and padding.", versions(facts),
          ],
        ], ["sybil_cost.csv.gz", "indicators.csv.gz", "operators.csv.gz", "servers.csv.gz"])
    ]
    return section
  }

  private static func operators(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "operators", sectionTitle: "For operators")
    section.listings = [
      listing(
        "What an operator can do",
        [
          [
            "Name all your servers in the hosts of server.features.",
            "Then they are counted as declared, and nobody has to infer it.", declared(facts),
          ],
          [
            "Announce only endpoints that can be reached.",
            "Each other one costs every wallet a try.", unreachable(facts),
          ],
          [
            "Look your server up, and object to what is wrong.",
            "A false statement is worse for everybody than a missing one.",
            "\(NumberText.count(facts.allServers.count, "server")) have a page.",
          ],
        ], ["operators.csv.gz", "endpoints.csv.gz", "servers.csv.gz"])
    ]
    section.links = [SiteLink("all servers", to: "servers.html")]
    return section
  }

  private static let unknown = "Not measured yet."

  private static func exposure(_ facts: ReportFacts) -> String {
    let likely = facts.exposure?.filter { $0.unit == "operator" } ?? []
    let losses = ExposureSection.commonLosses(likely)
    guard
      let most = likely.filter({ $0.variant == "race" && $0.losses == losses })
        .max(by: { ($0.seen30, $1.groupID) < ($1.seen30, $0.groupID) })
    else { return unknown }
    return
      "Within 30 sessions that lose \(NumberText.count(losses, "connection")) each, "
      + "\(NumberText.percent(most.seen30)) of simulated wallets have a server of likely operator "
      + "\(GroupNames(facts).label(most.groupID)) as main server at least once."
  }

  private static func policy(_ facts: ReportFacts) -> String {
    guard let rows = facts.sybilCost else { return unknown }
    let policies = Set(rows.map(\.policy)).sorted(by: >)
    let sentences = ["one-as", "spread"].compactMap { placement -> String? in
      let here = rows.filter { $0.placement == placement }
      let counts = Set(here.map(\.servers)).sorted()
      guard let servers = counts.last(where: { $0 <= 25 }) else { return nil }
      let parts = policies.compactMap { policy in
        here.first { $0.policy == policy && $0.servers == servers }.map {
          "\(NumberText.percent($0.mainLater)) (\(ExposureWording.policy(policy)))"
        }
      }
      guard parts.count > 1 else { return nil }
      return
        "\(NumberText.count(servers)) added servers, \(ExposureWording.placement(placement)), are the "
        + "main one in this share of later sessions: " + parts.joined(separator: ", ") + "."
    }
    return sentences.isEmpty ? unknown : sentences.joined(separator: " ")
  }

  private static func onions(_ facts: ReportFacts) -> String {
    NumberText.count(facts.lastSeen.values.count { $0.networks.contains("onion") })
  }

  private static func phishing(_ facts: ReportFacts) -> String {
    let groups = Dictionary(facts.rulebook.map { ($0.id, $0.group) }, uniquingKeysWith: { $1 })
    guard let rows = facts.indicators else { return unknown }
    let fired = Set(
      rows.filter { $0.status == .fired && groups[$0.indicator] == "phishing" }.map(\.serverID))
    let reached = Set(rows.map(\.serverID)).count
    return
      "Texts of \(NumberText.count(fired.count)) of \(NumberText.count(reached, "reached server")) call to "
      + "a link off the known places."
  }

  private static func proved(_ facts: ReportFacts) -> String {
    guard let rows = facts.indicators else { return unknown }
    let servers = Set(
      rows.filter { $0.status == .fired && $0.verdictClass == .proved }.map(\.serverID))
    let reached = Set(rows.map(\.serverID)).count
    return
      "A deviation of \(NumberText.count(servers.count)) of \(NumberText.count(reached, "reached server")) "
      + "is proved."
  }

  private static func largest(_ facts: ReportFacts) -> String {
    let rows = PartitionSection.reached(facts)
    guard let most = rows.map(\.operatorServers).max() else { return unknown }
    return most > 1
      ? "The largest likely operator has \(NumberText.count(most)) of "
        + "\(NumberText.count(rows.count, "reached server")). Who hides is not found."
      : "No two of \(NumberText.count(rows.count, "reached server")) are joined by evidence. Who hides is "
        + "not found."
  }

  private static func versions(_ facts: ReportFacts) -> String {
    guard let servers = facts.servers else { return unknown }
    let told = Tally(servers.compactMap(\.protocolMax).map { VisibleText.show($0, limit: 12) })
    let newest = told.descending.map(\.word).max { VersionText.precedes($0, $1) }
    guard let newest else { return "No server tells its newest version." }
    return
      "\(NumberText.count(told[newest])) of \(NumberText.count(told.total, "server")) that tell it in the "
      + "last scan speak up to \(newest)."
  }

  private static func declared(_ facts: ReportFacts) -> String {
    let rows = PartitionSection.reached(facts)
    if rows.isEmpty { return unknown }
    let likely = Set(rows.map(\.operatorID)).count
    let declared = Set(rows.map(\.declaredID)).count
    return
      "\(NumberText.count(rows.count, "reached server")) are \(NumberText.count(likely, "unit")) by "
      + "evidence, and \(NumberText.count(declared)) with what servers say of themselves."
  }

  private static func unreachable(_ facts: ReportFacts) -> String {
    guard let scan = facts.lastScan, scan.endpoints != nil else { return unknown }
    let tested = scan.endpointCount(where: \.isTested)
    let reached = scan.endpointCount(where: \.isReached)
    return
      "\(NumberText.count(tested - reached)) of \(NumberText.count(tested, "tested endpoint")) could "
      + "not be reached in the last scan."
  }
}
