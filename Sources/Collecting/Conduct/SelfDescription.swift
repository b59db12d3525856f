import ElectrumProtocol
import Foundation
package import Records

/// What a server says of itself in one connection, as far as a crawl goes by it.
package struct SelfDescription: Sendable {
  /// Endpoints that it claims in `server.features`.
  package let hosts: [AdvertisedPeer]
  /// Whether its banner or donation text asks to be left out.
  package let asksToBeLeftOut: Bool
  /// The newest block that it names.
  let tip: ToldTip?

  package init(_ connection: Connection) {
    let results = connection.results(of: Self.probes)
    hosts = results["server.features"].map(OwnHosts.peers) ?? []
    asksToBeLeftOut = ["server.banner", "server.donation_address"].contains { probe in
      results[probe]?.text.map(OptOutRequest.asks) ?? false
    }
    tip = results["blockchain.headers.subscribe"].flatMap { ToldTip($0) }
  }

  private static let probes: Set = [
    "server.features", "server.banner", "server.donation_address", "blockchain.headers.subscribe",
  ]
}

extension ToldTip {
  /// - Parameter result: of `blockchain.headers.subscribe`.
  fileprivate init?(_ result: WireValue) {
    guard let height = result["height"]?.integer,
      let header = result["hex"]?.text.flatMap({ BlockHeader(hex: $0) })
    else { return nil }
    self.init(height: height, hash: header.hashText, time: Int(header.time))
  }
}

extension Connection {
  /// The results of these probes, where they were answered, read from the bytes that arrived.
  func results(of probes: Set<String>) -> [String: WireValue] {
    let wanted = exchanges.filter { $0.outcome == .answered && probes.contains($0.probe) }
    guard let last = wanted.compactMap(\.line).max() else { return [:] }
    var lines: [ArraySlice<UInt8>] = []
    let bytes = receivedBytes
    var rest = bytes[...]
    while lines.count <= last, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(rest[..<end])
      rest = rest[(end + 1)...]
    }
    var results: [String: WireValue] = [:]
    for exchange in wanted {
      guard let line = exchange.line, lines.indices.contains(line),
        let document = try? WireDocument(parsing: lines[line])
      else { continue }
      let replies = ElectrumMessage(document.value).replies
      let reply = replies.first { $0.number == exchange.id } ?? replies.first
      results[exchange.probe] = reply?.result
    }
    return results
  }

  private var receivedBytes: [UInt8] { received.flatMap(\.bytes) }
}
