import Records
import ServerTexts

extension TextReader {
  /// What a table cannot hold twice.
  private struct Key: Hashable {
    let kind: ContactKind
    let token: String
  }

  /// Contacts and destinations in a server's texts, and how many are left out.
  func contacts(of server: Server) -> (rows: [Contact], dropped: Int?) {
    let texts = [
      (ServerTextKind.banner, server.banner), (.donationAddress, server.donationAddress),
      (.serverVersion, server.serverVersionText),
    ].compactMap { source, text in text.map { (source, Credentials.withoutMarks($0)) } }
    if texts.isEmpty { return ([], nil) }
    var rows: [Contact] = []
    var dropped = 0
    for (source, text) in texts {
      let (found, left) = contacts(in: text, source: source, server: server)
      rows += found
      dropped += left
    }
    return (rows, dropped)
  }

  private func contacts(
    in text: String, source: ServerTextKind, server: Server
  ) -> (rows: [Contact], dropped: Int) {
    let tokens = ContactTokens(in: text)
    let destinations =
      source == .donationAddress
      ? PaymentDestinations(inAnswer: text) : PaymentDestinations(inBanner: text)
    var rows: [Key: Contact] = [:]
    let chain = chain(of: server)
    for verdict in destinations.verdicts {
      guard let (kind, token, host) = Self.destination(verdict) else { continue }
      var row = Contact(
        serverID: server.serverID, source: source, kind: kind, token: token,
        verdict: TokenVerdict(verdict, on: chain)
      ).with {
        $0.registrableDomain = host.flatMap { suffixes.registrableDomain(of: $0) }
        $0.count = destinations.counts[verdict] ?? 0
      }
      let key = Key(kind: kind, token: token)
      // Words that begin alike may be wrong in different ways: the first of them stands for all.
      if let same = rows[key] {
        row.verdict = same.verdict
        row.count += same.count
      }
      rows[key] = row
    }
    for token in tokens.tokens {
      let kind = ContactKind(token.kind)
      // One form: in an answer to server.donation_address it is paid to.
      if kind == .email, rows[Key(kind: .lightningAddress, token: token.value)] != nil { continue }
      rows[Key(kind: kind, token: token.value)] = Contact(
        serverID: server.serverID, source: source, kind: kind, token: token.value,
        verdict: token.hasChecksum ? .valid : .unchecked
      ).with {
        $0.registrableDomain = token.host.flatMap { suffixes.registrableDomain(of: $0) }
        $0.count = tokens.counts[token] ?? 0
      }
    }
    return (Array(rows.values), tokens.dropped + destinations.dropped)
  }

  private static func destination(
    _ verdict: DonationVerdict
  ) -> (kind: ContactKind, token: String, host: String?)? {
    switch verdict {
    case .valid(let target):
      (ContactKind(target.kind), target.text, target.host)
    case .invalid(let text, _): (.destination, text, nil)
    case .absent: nil
    }
  }
}
