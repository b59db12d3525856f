import Artifact
import Records

/// What servers can learn of users, and who they may be.
extension AnswerTable {
  private var central: [GroupExposure] {
    facts.exposure.filter {
      $0.unit == "operator" && $0.variant == "race" && $0.losses == facts.losses
    }
  }

  var inferenceAnswers: [Answer] {
    [mainServers, connections]
      + [
        (3, "wallet-program", "accuracy of telling a wallet's program by its requests"),
        (4, "wallet-size", "information that the sizes of replies give of a wallet's history"),
        (5, "wallet-linking", "share of a wallet's sessions that a server can join"),
      ].map { rank, id, quantity in
        Answer(.inference, rank, id).with {
          $0.claim = "Not measured yet: \(quantity)."
          $0.quantity = quantity
          $0.notShown = "Anything: no table measures it yet."
        }
      }
  }

  private var mainServers: Answer {
    let quantity = "share of wallets that the operator met most often was told all addresses of"
    guard let most = central.max(by: { ($0.seen30, $1.groupID) < ($1.seen30, $0.groupID) }),
      let list = facts.list
    else {
      return Answer(.inference, 1, "main-server").with {
        $0.claim = "Not measured: the scan has no list of servers that a wallet starts with."
        $0.quantity = quantity
        $0.notShown = "Anything: nothing was simulated."
      }
    }
    return Answer(.inference, 1, "main-server").with {
      $0.claim =
        "After 30 sessions that lose \(AnswerText.count(facts.losses, "connection")) each, the likely operator that is met most often ran a main server, and so was told all addresses, of \(AnswerText.percent(most.seen30)) of simulated wallets that start with \(AnswerText.count(list.servers, "listed server"))."
      $0.quantity = quantity
      $0.value = most.seen30
      let all = facts.exposure.filter { $0.unit == "operator" && $0.groupID == most.groupID }
      $0.low = all.map(\.seen30Low).min()
      $0.high = all.map(\.seen30High).max()
      $0.interval =
        "least and greatest end of the 95 % intervals over all assumptions simulated: of sensitivity"
      $0.count = Int((most.seen30 * Double(most.wallets)).rounded())
      $0.denominator = most.wallets
      $0.denominatorUnit = "simulated wallets"
      $0.evidence = .simulated
      $0.artifact = GroupExposure.schema.name
      $0.rows =
        "unit=operator & group_id=\(most.groupID) & variant=race & losses=\(facts.losses)"
      $0.notShown =
        "What a server keeps, which cannot be seen; wallets other than Electrum; how often real connections are lost and how many owners fix a server, on which it depends: compare the rows of other assumptions."
        + (list.isPinned
          ? " The scan started from no list: a pinned one, of another date, stands in." : "")
      $0.detectionLimit = Self.detectionLimit
    }
  }

  private var connections: Answer {
    let servers = facts.exposure.filter {
      $0.unit == "server" && $0.variant == "race" && $0.losses == facts.losses
    }
    let quantity = "servers that a later session connects to"
    guard let wallets = servers.first?.wallets else {
      return Answer(.inference, 2, "connections").with {
        $0.claim = "Not measured: nothing was simulated."
        $0.quantity = quantity
        $0.notShown = "Anything: nothing was simulated."
      }
    }
    let mean = servers.reduce(0) { $0 + $1.connectedLater }
    return Answer(.inference, 2, "connections").with {
      $0.claim =
        "In each later session at least \(AnswerText.number(mean)) servers on average learn the address of the machine, the program's name and the time."
      $0.quantity = quantity
      $0.value = mean
      $0.denominator = wallets
      $0.denominatorUnit = "simulated wallets"
      $0.evidence = .simulated
      $0.artifact = GroupExposure.schema.name
      $0.rows = "unit=server & variant=race & losses=\(facts.losses)"
      $0.notShown =
        "Who joins what several servers learn; servers that are turned away after they were told the program's name, because another of their prefix is connected, learn it too and are not counted."
    }
  }

  // MARK: 5

  var analyticsAnswers: [Answer] {
    let all = facts.profiles.count
    let limit =
      "Who runs a server: nothing in the protocol tells it. What is alleged and not confirmed is not repeated here."
    let known = facts.attributed.compactMap(\.self)
    let without = known.count { !$0 }
    let unknown = all - known.count
    return [
      Answer(.analytics, 1, "named-networks").with {
        $0.quantity = "share of servers in networks of such companies"
        $0.notShown = limit
        $0.claim =
          "Nothing in the protocol tells who runs a server, and no list of networks that a public source names was given."
        guard let named = facts.namedNetworks, named > 0 else {
          if facts.namedNetworks == 0 {
            $0.claim =
              "Nothing in the protocol tells who runs a server; the reference list of networks that a public source names is empty, so that no share can be told."
          }
          return
        }
        $0.claim =
          "\(facts.inNamedNetworks) of \(all) servers stand in networks that a public source says belong to a company that analyses the chain."
        $0.value = all == 0 ? nil : Double(facts.inNamedNetworks) / Double(all)
        $0.count = facts.inNamedNetworks
        $0.denominator = all
        $0.denominatorUnit = "servers that answered"
        $0.evidence = .observed
        $0.artifact = FeatureProfile.schema.name
        $0.rows = "asns or wide_prefixes of the reference list"
      },
      Answer(.analytics, 2, "unattributed").with {
        $0.claim =
          known.isEmpty
          ? "Not measured: of no server is it known whether it has a domain of its own and a text that names a contact."
          : "\(without) of \(AnswerText.count(known.count, "server")) of which it is known have neither a domain of their own nor a text that names a contact, so that nobody stands for them in public\(unknown == 0 ? "" : "; of \(unknown) more it is not known")."
        $0.quantity = "share of servers without domain and contact"
        $0.notShown = limit
        guard !known.isEmpty else { return }
        $0.value = Double(without) / Double(known.count)
        $0.count = without
        $0.denominator = known.count
        $0.denominatorUnit = "servers that answered and of which it is known"
        $0.evidence = .observed
        $0.artifact = FeatureProfile.schema.name
        $0.rows = "registrable_domains and contacts absent, or a domain that is shared"
      },
    ]
  }
}
