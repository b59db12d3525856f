import Artifact
import Digests
import ElectrumProtocol
import Records
import ServerTexts

/// Reads what a server's names and texts amount to. They are untrusted: strangers choose names, and
/// servers their texts.
struct TextReader {
  let suffixes: PublicSuffixList
  /// The network that the scan asked for; nil where most of its servers are of another one.
  let network: BitcoinNetwork?

  func facts(of server: Server) -> TextFacts {
    var facts = TextFacts()
    describeNames(of: server, in: &facts)
    if let banner = server.banner.map(Credentials.withoutMarks) {
      facts.bannerMaskedSHA256 = SHA256.hex(TextMask.mask(banner).utf8)
      facts.bannerAnomalies = TextAnomaly.all(inText: banner).map { anomaly in
        Self.words(anomaly.kind.rawValue, anomaly.word, anomaly.detail)
      }
    }
    if let donation = server.donationAddress.map(Credentials.withoutMarks) {
      describe(donation, of: server, in: &facts)
    }
    return facts
  }

  private func describeNames(of server: Server, in facts: inout TextFacts) {
    facts.namesUnicode = Set(server.names.compactMap { InternationalName($0)?.unicode }).sorted()
    let anomalies = server.names.flatMap { name in
      TextAnomaly.all(inName: name).map { anomaly in
        Self.words(anomaly.kind.rawValue, name, anomaly.detail)
      }
    }
    facts.nameAnomalies = Array(Set(anomalies).sorted().prefix(TextAnomaly.limit))
    facts.hostTemplates = Set(server.verifiedNames.compactMap { suffixes.hostTemplate(of: $0) })
      .sorted()
    facts.domainUnknownReasons = server.verifiedNames.compactMap { name in
      guard case .unknown(let reason) = suffixes.verdict(on: name) else { return nil }
      return Self.words(reason.rawValue, name)
    }.sorted()
  }

  private static func words(_ words: String...) -> String {
    words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func describe(_ donation: String, of server: Server, in facts: inout TextFacts) {
    let chain = chain(of: server)
    let readings = DonationText.verdicts(onAnswer: donation).map { verdict in
      (verdict, TokenVerdict(verdict, on: chain))
    }
    guard let best = readings.min(by: { $0.1.rank < $1.1.rank }) else { return }
    facts.donationVerdict = best.1
    if case .valid(let target) = best.0 {
      facts.donationKind = ContactKind(target.kind)
      facts.donationNetwork = target.network.map { DestinationNetwork($0) }
    }
  }

  /// The chain by the server's own genesis hash, nil where that is of no known one; the scan's where
  /// it gave none.
  func chain(of server: Server) -> BitcoinNetwork? {
    guard let hash = server.genesisHash else { return network }
    return BitcoinNetwork(genesisHash: hash)
  }
}
