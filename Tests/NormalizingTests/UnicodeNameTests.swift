import Records
import TestSupport
import Testing

@testable import Normalizing

/// Names that are written in several ways.
struct UnicodeNameTests {
  private func scan(_ names: [String], tried: [String] = []) throws -> Normalized {
    var scan = RawScan("a", tried.map { unresolved($0) })
    scan.listings = names.enumerated().map { index, name in
      Listing(address: name, host: name, source: "list \(index)", sourceKind: .import).with {
        $0.count = 1
        $0.features = ["s50002"]
      }
    }
    return try Normalized([scan])
  }

  private func unresolved(_ name: String) -> Connection {
    var connection = Connection.failed("", .resolveFailed, port: 50002, transport: .ssl, host: name)
    connection.network = .unresolved
    return connection
  }

  @Test(arguments: [
    "node.bücher.example", "node.xn--bcher-kva.example", "NODE.BÜCHER.example.",
    "node.bu\u{308}cher.example",
  ]) func `a name in Unicode, in punycode, in capitals and with a final dot is one name`(
    name: String
  ) {
    #expect(DNSName.canonical(name) == "node.xn--bcher-kva.example")
  }

  @Test func `letters that only look alike stay two names; what can be no name stays as it is`() {
    #expect(DNSName.canonical("\u{435}lectrum.example") == "xn--lectrum-6gg.example")
    #expect(DNSName.canonical("Ein Ort.example") == "ein ort.example")
    #expect(DNSName.canonical("Bü cher.example.") == "bü cher.example")
  }

  @Test func `an attempt at the Unicode form is one at the endpoint that lists name`() throws {
    let scan = try scan(["node.xn--bcher-kva.example"], tried: ["Node.bücher.example"])
    let endpoints = try scan.rows(Endpoint.self)
    #expect(endpoints.map(\.outcome) == [.resolveFailed])
    #expect(try scan.rows(FamilyOutcome.self).map(\.endpointID) == endpoints.map(\.endpointID))
  }

  @Test func `a peer that is named in Unicode is kept as it was said, and is no endpoint`() throws {
    let scan = try scan(["node.bücher.example"])
    #expect(try scan.rows(Endpoint.self).isEmpty)
    #expect(try scan.rows(Advertisement.self).map(\.reason) == ["tuple.bad-address"])
  }
}
