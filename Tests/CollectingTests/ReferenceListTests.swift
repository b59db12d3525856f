import Addressing
import Artifact
import ElectrumProtocol
import Foundation
import Records
import TestSupport
import Testing
import Timekeeping

@testable import Collecting

struct ReferenceListTests {
  private static let path = PackageRoot.path("datasets/reference/bootstrap.json")

  private struct Reference: Decodable {
    struct List: Decodable {
      let name: String
      let network: String
      let source: String
      let commit: String
      let date: String
      let servers: [Entry]
    }
    struct Entry: Decodable {
      let host: String
      let tcpPort: Int?
      let sslPort: Int?
      let wssPort: Int?
    }
    let schema: String
    let lists: [List]
  }

  private func reference() throws -> Reference {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      Reference.self, from: Data(contentsOf: URL(fileURLWithPath: Self.path)))
  }

  @Test(arguments: [
    (BitcoinNetwork.mainnet, 10), (.testnet3, 8), (.testnet4, 4), (.signet, 2),
  ]) func `a crawl of every public network starts from several lists, each a source of its own`(
    network: BitcoinNetwork, count: Int
  ) throws {
    let target = try ScanTarget(
      bootstrap: Self.path, network: network, hosts: HostsFile(parsing: ""))
    #expect(target.bootstrap.count == count)
    let listings = target.bootstrap.flatMap { $0.listings(heardAt: UTCTime(microseconds: 0)) }
    #expect(Set(listings.map(\.source)).count == count)
    #expect(Set(listings.map(\.sortKey)).count == listings.count)
    let byHost = Dictionary(grouping: listings) { $0.host.lowercased() }
    #expect(byHost.values.contains { Set($0.map(\.source)).count > 1 })
  }

  @Test func `every list says where, at which commit and when it was found`() throws {
    let reference = try reference()
    #expect(reference.schema == "bootstrap.v1")
    #expect(Set(reference.lists.map(\.name)).count == reference.lists.count)
    for list in reference.lists {
      #expect(list.commit.count == 40 && list.commit.allSatisfy(\.isHexDigit), "\(list.name)")
      #expect(list.source.hasPrefix("https://") && list.source.contains(list.commit))
      #expect(UTCTime(iso8601: list.date + "T00:00:00Z") != nil && list.date >= "2021")
      #expect(list.name.hasSuffix(":" + list.network) && !list.servers.isEmpty)
    }
    let size = try Data(contentsOf: URL(fileURLWithPath: Self.path)).count
    #expect(size < 200_000)
  }

  @Test(arguments: [(BitcoinNetwork.mainnet, 110), (.testnet3, 143)])
  func `the places of these lists at ports of mail services are contacted, those of peer lists not`(
    network: BitcoinNetwork, port: Int
  ) throws {
    let target = try ScanTarget(
      bootstrap: Self.path, network: network, hosts: HostsFile(parsing: ""))
    let listed = Set(
      target.bootstrap.flatMap(\.servers).filter { $0.ports.contains { $0.port == port } }
        .map { $0.host.lowercased() })
    #expect(listed.contains("blockstream.info"))
    #expect(listed.contains { $0.hasSuffix(".onion") })
    func contacted(on word: Word) -> Set<String> {
      var frontier = Frontier(rules: ConductRules(), routes: [.ipv4, .onion])
      var actions = target.bootstrap.flatMap { frontier.add($0.peers, on: word) }
      for case .resolve(let name) in actions {
        actions += frontier.resolved(
          name,
          NameResolution(name: name.text, outcome: .answered).with {
            $0.addresses = ["9.\(name.text.utf8.count).\(actions.count % 250).9"]
          })
      }
      return Set(
        actions.compactMap {
          if case .contact(let candidate) = $0, candidate.port == port {
            candidate.host
          } else {
            nil
          }
        })
    }
    #expect(contacted(on: .list) == listed)
    #expect(contacted(on: .stranger) == listed.filter { $0.hasSuffix(".onion") })
  }

  @Test func `every server has a port and a name or a global address, and stands once`() throws {
    let rules = ConductRules()
    for list in try reference().lists {
      for server in list.servers {
        #expect(server.tcpPort != nil || server.sslPort != nil, "\(list.name) \(server.host)")
        if let address = IPAddress(server.host) {
          #expect(rules.verdict(on: address) == .allowed, "\(server.host)")
        } else {
          #expect(HostName(server.host) != nil, "\(server.host)")
        }
      }
      let entries = list.servers.map {
        "\($0.host.lowercased()) \($0.tcpPort ?? 0) \($0.sslPort ?? 0)"
      }
      #expect(Set(entries).count == entries.count, "\(list.name)")
    }
  }

  /// What a row of the histories has that is looked at here.
  private struct Row: FieldObject {
    var commit = ""
    var network = ""
    var host = ""
    var ports = ListedServer()

    mutating func fields<F: Fields>(_ f: inout F) {
      f.required("commit", &commit, .text, "")
      f.required("network", &network, .text, "")
      f.required("host", &host, .text, "")
      f.field("tcp_port", &ports.tcpPort, .listedPort, "")
      f.field("ssl_port", &ports.sslPort, .listedPort, "")
    }
  }

  @Test(.enabled(if: Shared.exists, "the folder of shared data is not there"))
  func `every server stood in its source at the stated commit`()
    throws
  {
    var known: Set<String> = []
    for name in ["electrum_default_servers_panel", "hardcoded_servers_bitcoin"] {
      var reader = JSONLinesReader(
        try ForeignFile(Shared.path("data/server-lists/\(name).jsonl.gz")))
      while let line = try reader.next() {
        let row = try line.row().read(Row.self, allowsOthers: true)
        let place = "\(row.commit) \(row.network) \(row.host)"
        let network = BitcoinNetwork(rawValue: row.network) ?? .regtest
        for (port, usual) in [
          (row.ports.tcpPort, network.defaultTCPPort), (row.ports.sslPort, network.defaultSSLPort),
        ] {
          switch port {
          case .number(let number)?: known.insert("\(place) \(number)")
          case .usual?: known.insert("\(place) \(usual)")
          case nil: break
          }
        }
      }
    }
    for list in try reference().lists {
      for server in list.servers {
        for port in [server.tcpPort, server.sslPort].compactMap({ $0 }) {
          #expect(known.contains("\(list.commit) \(list.network) \(server.host) \(port)"))
        }
      }
    }
  }
}
