import Featurizing
import Records
import Testing

/// Contacts as a feature.
struct ContactFeatureTests {
  private func contact(
    _ kind: ContactKind, _ token: String, in source: ServerTextKind = .banner
  ) -> Contact {
    Contact(serverID: "s1", source: source, kind: kind, token: token, verdict: .unchecked).with {
      $0.count = 1
    }
  }

  private func value(
    _ contacts: [Contact], banner: String? = "mine", _ status: ValueStatus = .value,
    donation: String? = nil, _ donationStatus: ValueStatus = .absent,
    exchanges: [ExchangeRecord] = []
  ) throws -> FeatureValue {
    var server = Server.made("s1")
    (server.banner, server.bannerStatus) = (banner, status)
    (server.donationAddress, server.donationStatus) = (donation, donationStatus)
    return try FeaturizedSeries([
      SeriesScan(
        name: "a", servers: [server], endpoints: [.made("s1")], exchanges: exchanges,
        contacts: contacts)
    ]).features()[.contacts]
  }

  @Test func `ways to reach somebody count once, in whichever text; what is paid to does not`()
    throws
  {
    let contacts = [
      contact(.url, "https://a.example/"), contact(.email, "a@a.example"),
      contact(.email, "a@a.example", in: .donationAddress), contact(.p2wpkh, "bc1q"),
      contact(.email, "x@x.example", in: .serverVersion),
    ]
    #expect(
      try value(contacts, donation: "a@a.example", .value)
        == .texts(["email a@a.example", "url https://a.example/"]))
  }

  @Test func `the contacts of a text that software ships with are its authors'`() throws {
    let electrs = "Welcome to electrs 0.10.9 (Electrum Rust Server)!"
    #expect(try value([contact(.url, "https://e.example/")], banner: electrs) == .absent)
  }

  @Test func `that nothing is named is known only of texts that were seen`() throws {
    #expect(try value([]) == .absent)
    #expect(try value([], banner: nil, .absent) == .absent)
    #expect(
      try value(
        [], banner: nil, .unknown,
        exchanges: [.made("s1", "server.banner", .replyTimedOut)])
        == .unknown(.outcome(.replyTimedOut)))
    #expect(try value([], donation: nil, .unknown) == .unknown(.notAsked))
    #expect(
      try value([contact(.email, "a@a.example")], donation: nil, .unknown)
        == .texts(["email a@a.example"]))
  }
}
