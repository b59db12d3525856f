import RecordLinkage
import Records
import Testing

@testable import Clustering

/// Likely operators.
struct OperatorPartitionTests {
  private func labels(_ partitions: OperatorPartitions) -> [OperatorLabel] {
    partitions.clusters.map(\.label)
  }

  @Test func `a key made for its holder's name proves one operator`() throws {
    let found = try Crowd.partitions(
      ["a", "b"].map { id in
        .sample(id) {
          $0.call("\(id).op.example", domain: "op.example")
          $0.certify("shared", names: ["*.op.example"])
        }
      })
    #expect(Crowd.groups(found, found.identity) == [["a", "b"]])
    #expect(Crowd.groups(found, found.operators) == [["a", "b"]])
    #expect(labels(found) == [.confirmed])
  }

  @Test func `a key that an image ships, and a published key, are no evidence`() throws {
    let shipped = try Crowd.partitions(
      ["a", "b"].map { id in .sample(id) { $0.certify("image", names: ["localhost"]) } })
    #expect(Crowd.groups(shipped, shipped.operators).isEmpty)
    let published = try Crowd.partitions(
      ["a", "b"].map { id in
        .sample(id) {
          $0.call("\(id).op.example", domain: "other-\(id).example")
          $0.certify("snakeoil", names: ["\(id).op.example"])
        }
      }, copiedKeys: ["snakeoil"])
    #expect(Crowd.groups(published, published.operators).isEmpty)
  }

  @Test func `whoever copies all that a victim says is not joined with it`() throws {
    let copied: @Sendable (inout ServerFacts) -> Void = {
      $0.donations = ["1Victim"]
      $0.contacts = ["email victim@example"]
      $0.banner = .custom("b")
      $0.ports = ["ssl50999"]
    }
    let servers =
      [ServerFacts.sample("victim", copied)]
      + (1...20).map { .sample("a\($0)", copied) }
    let found = try Crowd.partitions(servers)
    for partition in [found.identity, found.operators] {
      #expect(!Crowd.groups(found, partition).contains { $0.contains("victim") })
    }
    #expect(Crowd.groups(found, found.declared).first?.count == 21)
    #expect(found.linkage.comparison(0, 1).total <= -1)
  }

  @Test func `a single copier of texts stays below the victim by a bit, whatever the network`()
    throws
  {
    for size in [3, 30, 300] {
      let servers =
        ["a", "b"].map { id in
          ServerFacts.sample(id) {
            $0.donations = ["1Victim"]
            $0.contacts = ["email victim@example"]
          }
        } + Crowd.servers(size)
      let found = try OperatorPartitions(servers, copiedKeys: [], threads: 1)
      #expect(abs(found.linkage.comparison(0, 1).total - -1) < 1e-9 || size == 3)
      #expect(Crowd.groups(found, found.operators).isEmpty)
    }
  }

  @Test func `customers below a provider's domain have no name in common`() throws {
    let servers = (0..<12).map { number in
      ServerFacts.sample("c" + String(100 + number)) {
        $0.call("c\(number)x7.cloud.example", domain: "cloud.example")
        $0.banner = .custom("platform")
        $0.software = "Fulcrum 1.9.1"
        $0.implementation = "Fulcrum"
      }
    }
    let found = try Crowd.partitions(servers)
    #expect(found.context.zones.providers == ["cloud.example"])
    #expect(Crowd.groups(found, found.operators).isEmpty)
    #expect(Crowd.groups(found, found.declared).isEmpty)
  }

  @Test func `a zone in which machines are named by function is an owner's, one of people is not`()
    throws
  {
    func zone(_ labels: [String]) throws -> OperatorPartitions {
      try Crowd.partitions(
        labels.map { label in
          .sample(label) { $0.call("\(label).zone.example", domain: "zone.example") }
        })
    }
    let owner = try zone(["electrum1", "electrum2", "btc-node"])
    #expect(Crowd.groups(owner, owner.operators).map(\.count) == [3])
    #expect(labels(owner) == [.likely], "one group alone makes nothing probable")
    let people = try zone(["anna", "berta", "caesar"])
    #expect(Crowd.groups(people, people.operators).isEmpty)
    #expect(Crowd.groups(people, people.declared).map(\.count) == [3])
  }

  @Test
  func `certificates made in one go by one owner join, on an image's release day they do not`()
    throws
  {
    let fleet = try Crowd.partitions(
      (0..<4).map { number in
        .sample("f\(number)") {
          $0.certify("k\(number)", made: 1_700_000_000 + Double(number) * 60)
        }
      })
    #expect(Crowd.groups(fleet, fleet.operators).map(\.count) == [4])
    let users = try Crowd.partitions(
      (0..<40).map { number in
        .sample("u" + String(100 + number)) {
          $0.certify("k\(number)", made: 1_700_000_000 + Double(number * 911 % 40_000))
        }
      })
    #expect(Crowd.groups(users, users.operators).isEmpty)
  }

  @Test func `a mutual claim alone, and two people of one address, are not joined`() throws {
    let found = try Crowd.partitions([
      .sample("a") {
        $0.claims = ["address of b"]
        $0.addresses.insert("shared")
      },
      .sample("b") {
        $0.claims = ["address of a"]
        $0.addresses.insert("shared")
      },
      .sample("c") { $0.claims = ["address of a"] },
    ])
    let pair = found.linkage.comparison(0, 1)
    #expect(pair.agreements.map(\.field) == ["operator.mutual-claim", "operator.same-address"])
    #expect(found.linkage.comparison(0, 2).agreements.isEmpty, "a one-sided claim says nothing")
  }

  @Test func `an issuing key of one owner joins, one of a service does not`() throws {
    func network(_ domain: (Int) -> String?) throws -> OperatorPartitions {
      try Crowd.partitions(
        (0..<6).map { number in
          .sample("i\(number)") { server in
            server.certificates = [
              CertificateFacts(key: "k\(number)", shape: "s", issuingKey: "authority")
            ]
            if let domain = domain(number) {
              server.call("rhein\(number).\(domain)", domain: domain)
              server.donations = ["to \(domain)"]
            }
          }
        })
    }
    let own = try network { _ in "own.example" }
    #expect(Crowd.groups(own, own.operators).map(\.count) == [6])
    #expect(labels(own) == [.probable])
    let service = try network { "customer\($0).example" }
    #expect(Crowd.groups(service, service.operators).isEmpty)
  }

  @Test func `an issuing key that is only stated supports and never decides`() throws {
    let found = try Crowd.partitions(
      (0..<6).map { number in
        .sample("i\(number)") { server in
          server.certificates = [
            CertificateFacts(key: "k\(number)", shape: "s", statedIssuer: "0a0b")
          ]
          server.call("electrum.own\(number).example", domain: "own\(number).example")
        }
      })
    #expect(found.linkage.comparison(0, 1).agreements.map(\.field) == ["operator.stated-issuer"])
    #expect(found.linkage.comparison(0, 1).total <= -1)
    #expect(Crowd.groups(found, found.operators).isEmpty)
  }

  @Test func `the shape of a certificate in a recipe says nothing of its server's name`() {
    let named = "self|CN|DNS|3650|EC|256|prime256v1|ecdsa-with-SHA256|4|2.5.29.15;2.5.29.17"
    let nameless = "self|CN||3650|EC|256|prime256v1|ecdsa-with-SHA256|4|2.5.29.15"
    #expect(
      ServerRecipes.nameless(shape: named) == ServerRecipes.nameless(shape: nameless))
    #expect(
      ServerRecipes.nameless(shape: named)
        != ServerRecipes.nameless(shape: named.replacing("3650", with: "365")))
  }

  @Test func `a recipe of a provider's customers or of a product says so`() throws {
    func network(_ change: @escaping @Sendable (Int, inout ServerFacts) -> Void) throws
      -> [DeploymentRecipe]
    {
      let fleet = (0..<12).map { number in
        ServerFacts.sample("c" + String(100 + number)) {
          $0.banner = .custom("platform")
          $0.software = "Fulcrum 1.9.1"
          $0.implementation = "Fulcrum"
          $0.ports = ["ssl50999"]
          change(number, &$0)
        }
      }
      let others = (0..<60).map { number in
        ServerFacts.sample("o" + String(100 + number)) {
          $0.call("electrum.other\(number).example", domain: "other\(number).example")
          $0.software = "Fulcrum 1.12.0"
          $0.implementation = "Fulcrum"
          $0.certify("other \(number)", shape: "shape \(number % 3)")
        }
      }
      return OperatorTables(try Crowd.partitions(fleet + others)).recipes
    }
    let platform = try network { number, server in
      server.call("c\(number)x7.cloud.example", domain: "cloud.example")
    }
    #expect(platform.map(\.product) == ["customers of cloud.example"])
    let image = try network { number, server in
      server.call("n.user\(number).example", domain: "user\(number).example")
      server.certificates = [CertificateFacts(key: "k\(number)", shape: "s", product: "myNode")]
    }
    #expect(image.map(\.product) == ["myNode"])
    let fleet = try network { number, server in
      server.call("electrum\(number).own.example", domain: "own.example")
    }
    #expect(fleet.map(\.product) == [nil])
  }

  @Test func `one node supports and never decides`() throws {
    let state = SharedState.State(frame: ["1.0", "1.0"], figures: [2: 9.1, 6: 7.3, 25: 3.9])
    let servers = (0..<4).map { number in
      ServerFacts.sample("n\(number)") { $0.states = ["scan": [state]] }
    }
    let others = (0..<60).map { number in
      let more = Double(number)
      let figures: [Int: Double] = [2: 20 + more, 6: 15 + more, 25: 5 + more]
      let other = SharedState.State(frame: ["1.0", "1.0"], figures: figures)
      return ServerFacts.sample("o\(100 + number)") { $0.states = ["scan": [other]] }
    }
    let found = try Crowd.partitions(servers + others)
    #expect(found.linkage.comparison(0, 1).total == -1)
    #expect(Crowd.groups(found, found.operators).isEmpty)
    let nodes = OperatorTables(found).nodes
    #expect(nodes.map(\.serverID) == ["n0", "n1", "n2", "n3"])
    #expect(Set(nodes.map(\.nodeID)).count == 1)
  }

  @Test func `the order of servers and the number of threads change nothing`() throws {
    let servers = MixedNetwork.servers
    let straight = try Crowd.partitions(servers)
    let reversed = try Crowd.partitions(servers.reversed(), threads: 3)
    let (one, other) = (OperatorTables(straight), OperatorTables(reversed))
    let ids = servers.map(\.id)
    #expect(one.memberships(ids) == other.memberships(ids))
    #expect(one.links(perValue: 3) == other.links(perValue: 3))
    #expect(one.recipes == other.recipes)
    #expect(
      try OperatorBands.rows(straight, threads: 1, memory: 1 << 30)
        == OperatorBands.rows(reversed, threads: 4, memory: 1 << 30))
  }

  @Test func `leaving a group out leaves an operator of it alone apart`() throws {
    let found = try Crowd.partitions(MixedNetwork.servers)
    let bands = try OperatorBands.rows(found, threads: 1, memory: 1 << 30)
    #expect(Set(bands.map(\.variant)).count == 11)
    func joined(_ variant: String, _ a: String, _ b: String) -> Bool {
      let rows = bands.filter { $0.variant == variant }
      let operatorOf = { (id: String) in rows.first { $0.serverID == id }?.operatorID }
      return operatorOf(a) == operatorOf(b)
    }
    #expect(joined("without-texts", "batch0", "batch1"))
    #expect(!joined("without-batch", "batch0", "batch1"))
    #expect(joined("without-batch", "zone0", "zone1") && !joined("without-name", "zone0", "zone1"))
  }

  @Test func `a server that never answered is of nobody else`() throws {
    let found = try Crowd.partitions([])
    let rows = OperatorTables(found).memberships(["listed", "z1000"])
    #expect(rows.map(\.label) == [.single, .single])
    #expect(rows[0].cohortID == nil && rows[1].cohortID != nil)
    #expect(Set(rows.map(\.operatorID)).count == 2)
  }
}

/// A network with one operator of each kind of evidence.
enum MixedNetwork {
  static let servers: [ServerFacts] =
    (0..<3).map { number in
      .sample("batch\(number)") {
        $0.certify("k\(number)", made: 1_700_000_000 + Double(number) * 30)
        $0.donations = ["1Batch"]
      }
    }
    + (0..<3).map { number in
      .sample("zone\(number)") {
        $0.call("electrum\(number).zone.example", domain: "zone.example")
        $0.contacts = ["email owner@zone.example"]
      }
    }
    + (0..<12).map { number in
      .sample("text" + String(10 + number)) { $0.donations = ["1Copied"] }
    }
}
