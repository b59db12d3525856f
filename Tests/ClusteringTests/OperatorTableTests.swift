import RecordLinkage
import Records
import Testing

@testable import Clustering

@Suite("Links and their explanation")
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

@Suite("What certificates and host names tell")
struct CertificateNameTests {
  @Test(arguments: [
    ("electrum11", true), ("btc-node2", true), ("fulcrumserver", true), ("e2", true),
    ("anna", false), ("rhein", false), ("electrumanna", false), ("", true),
  ]) func `a functional label is words of function and digits`(label: String, expected: Bool) {
    #expect(HostLabels.isFunctional(label) == expected)
  }

  @Test(arguments: [
    ("c1037", true), ("vmi468267", true), ("node-g6vf1", true), ("d762li0k0g", true),
    ("electrum11", false), ("node", false), ("a1b", false), ("btc123", false),
  ]) func `a machine-made label has a digit before its trailing number`(
    label: String, expected: Bool
  ) {
    #expect(HostLabels.isMachineMade(label) == expected)
  }

  @Test func `a wildcard covers one label`() {
    #expect(HostLabels.covers("*.op.example", "a.op.example"))
    #expect(!HostLabels.covers("*.op.example", "a.b.op.example"))
    #expect(!HostLabels.covers("*.op.example", "op.example"))
    #expect(HostLabels.covers("op.example", "op.example"))
  }

  @Test(arguments: [
    ("CN=localhost", CertificateName.Form.localhost), ("O=x", .none), ("CN=a.example", .host),
    ("CN=10.0.0.1", .host), ("CN=my-node7.local", .words("a-x.a")), ("CN=Server", .words("a")),
    ("CN=node 12", .words("a 0")), ("CN=mine", .host),
  ]) func `a common name has a form`(subject: String, form: CertificateName.Form) {
    #expect(CertificateName.form(of: subject, own: ["mine"]) == form)
  }

  @Test(
    arguments: [
      ("CN=localhost,O=Internet Widgits Pty Ltd,ST=Some-State,C=AU", nil),
      ("CN=localhost,C=DE", nil), ("CN=x,O=Anna's Node,C=DE", "C=de, O=anna's node, ()"),
      ("CN=my-node.local", "(a-a.a)"), ("CN=x,O=a\\,b", "O=a\\,b, ()"),
    ] as [(String, String?)]) func `a maker's words are what no tool writes by itself`(
      subject: String, words: String?
    )
  {
    let form = CertificateName.form(of: subject, own: [])
    #expect(CertificateName.words(of: subject, form) == words)
  }
}
