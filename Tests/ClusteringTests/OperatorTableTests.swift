import RecordLinkage
import Records
import Testing

@testable import Clustering

/// Links and their explanation.
struct OperatorTableTests {
  @Test func `every published link adds up to its bits`() throws {
    let links = OperatorTables(try Crowd.partitions(MixedNetwork.servers)).links(perValue: 1000)
    #expect(links.count >= 3 + 3 + 66)
    for link in links {
      let sum = link.agreements.reduce(link.prior) { $0 + $1.bits }
      #expect(abs(sum - link.bits) < 1e-9)
      #expect(link.agreements.allSatisfy { $0.bits <= $0.cap })
    }
    #expect(links.count { $0.spanning } == 4)
  }

  @Test func `links are bounded for each value, and what is left out is counted`() throws {
    let tables = OperatorTables(try Crowd.partitions(MixedNetwork.servers))
    let links = tables.links(perValue: 5)
    let copied = try #require(tables.sharedValues(links).first { $0.value == "1Copied" })
    #expect(copied.servers == 12 && copied.pairs == 66 && copied.pairsListed == 5)
    #expect(links.count { $0.spanning } == 4, "what holds an operator together is always there")
  }

  @Test func `a link is called proved by a key only, and declared where only texts agree`() throws {
    let tables = OperatorTables(
      try Crowd.partitions(
        MixedNetwork.servers
          + ["p0", "p1"].map { id in
            .sample(id) {
              $0.call("\(id).proof.example", domain: "proof.example")
              $0.certify("shared", names: ["*.proof.example"])
            }
          }))
    let words = Dictionary(grouping: tables.links(perValue: 100), by: \.says)
    #expect(words[.proved]?.map(\.serverA) == ["p0"])
    #expect(words[.declared]?.allSatisfy { $0.serverA.hasPrefix("text") } == true)
    #expect(words[.likely]?.isEmpty == false && words[.oneIdentity] == nil)
  }

  @Test func `an explanation reads in 80 columns, also where nothing links`() throws {
    let found = try Crowd.partitions(MixedNetwork.servers)
    let explanation = OperatorExplanation(found)
    let linked = try #require(explanation.pair("batch0", "batch1"))
    let silent = try #require(explanation.pair("z1000", "batch0"))
    let id = OperatorTables.id("o_", "batch0")
    let cluster = try #require(explanation.operator(id))
    for text in [linked, silent, cluster] {
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
    #expect(linked.contains("prior") && linked.contains("made-together"))
    #expect(linked.contains("another unit with this same-donation: -0.99"))
    #expect(silent.contains("Nothing is known that both have."))
    #expect(cluster.contains("3 servers, probable") && cluster.contains("Its weakest bridge"))
    #expect(explanation.pair("batch0", "batch0") == nil)
    #expect(explanation.pair("batch0", "nobody") == nil)
    #expect(explanation.operator("o_nobody") == nil)
  }

  @Test func `bytes of a value reach no terminal unescaped`() throws {
    let servers = ["a", "b"].map { id in
      ServerFacts.sample(id) { $0.contacts = ["email \u{1b}[2J\u{202e}x"] }
    }
    let text = try #require(OperatorExplanation(try Crowd.partitions(servers)).pair("a", "b"))
    #expect(!text.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0x202e })
  }
}
