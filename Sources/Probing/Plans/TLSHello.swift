/// How a session shakes hands, where it does so by TLS.
public enum HandshakeKind: Sendable, Equatable {
  /// With all that we can, as everywhere else.
  case plain
  /// With a ticket of an earlier connection.
  case resumption
  /// With one of the hellos whose answers tell TLS stacks apart.
  case hello(TLSHello)
}

/// A ClientHello that offers less than all, or in another order.
///
/// Ten of them, as JARM (Althouse et al., 2020) has: what a server chooses from each tells its TLS
/// library and configuration. The hellos are ours, so that the answers are not JARM's.
public struct TLSHello: Sendable, Equatable, CaseIterable {
  /// Permanent.
  public let id: String
  /// Oldest and newest version offered: 0 for TLS 1.0 to 3 for TLS 1.3.
  public let versions: ClosedRange<Int>
  /// Suites up to TLS 1.2 in OpenSSL's syntax; nil: all.
  public let ciphers: String?
  /// Suites of TLS 1.3; nil: all.
  public let suites: String?
  public let groups: String?
  public let applicationProtocols: [String]
  public let purpose: String

  private init(
    _ id: String, _ versions: ClosedRange<Int>, ciphers: String? = nil, suites: String? = nil,
    groups: String? = nil, applicationProtocols: [String] = [], _ purpose: String
  ) {
    self.id = id
    self.versions = versions
    self.ciphers = ciphers
    self.suites = suites
    self.groups = groups
    self.applicationProtocols = applicationProtocols
    self.purpose = purpose
  }

  private static let strongFirst = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:@SECLEVEL=0"
  private static let weakFirst =
    "AES128-SHA:AES256-SHA:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA:ECDHE+AESGCM:@SECLEVEL=0"
  private static let noForwardSecrecy = "kRSA:@SECLEVEL=0"

  public static let allCases: [TLSHello] = [
    TLSHello("1", 2...2, "TLS 1.2 alone, everything"),
    TLSHello("2", 2...2, ciphers: weakFirst, "TLS 1.2, weak suites first: whose order counts"),
    TLSHello(
      "3", 2...2, ciphers: strongFirst, groups: "P-521:P-384:P-256", "TLS 1.2, large groups"),
    TLSHello("4", 2...2, ciphers: noForwardSecrecy, "TLS 1.2 without forward secrecy"),
    TLSHello("5", 1...1, "TLS 1.1 alone"),
    TLSHello("6", 0...0, "TLS 1.0 alone"),
    TLSHello("7", 3...3, "TLS 1.3 alone, everything"),
    TLSHello(
      "8", 3...3, suites: "TLS_AES_128_CCM_SHA256:TLS_AES_128_GCM_SHA256",
      "TLS 1.3, a rare suite first"),
    TLSHello("9", 3...3, groups: "X448:P-521", "TLS 1.3, rare groups"),
    TLSHello(
      "10", 2...3, applicationProtocols: ["http/1.1", "h2", "electrum"],
      "TLS 1.2 and 1.3 with application protocols"),
  ]
}

extension ProbePlan {
  /// The plan with further TLS handshakes, each a connection of its own at every TLS endpoint.
  ///
  /// - Parameters:
  ///   - resumption: one that offers a ticket of an earlier connection.
  ///   - hellos: ten that offer less than all.
  public func adding(resumption: Bool, hellos: Bool, clientName: String) -> ProbePlan {
    var further: [ProbeSession] = []
    if resumption { further.append(.handshake("tls.resume", .resumption, clientName)) }
    if hellos {
      further += TLSHello.allCases.map { .handshake("tls.hello.\($0.id)", .hello($0), clientName) }
    }
    if further.isEmpty { return self }
    var plan = self
    plan.id += (resumption ? "+resumption" : "") + (hellos ? "+hellos" : "")
    plan.sessions += further
    return plan
  }
}

extension ProbeSession {
  /// Says who we are and no more: the handshake is the question.
  fileprivate static func handshake(
    _ id: String, _ kind: HandshakeKind, _ clientName: String
  ) -> ProbeSession {
    ProbeSession(
      id: id, probes: [ProbeCatalog.opening("server.version.tls.1.6", clientName: clientName)],
      handshake: kind)
  }

  /// Whether the session makes sense at an endpoint with TLS alone.
  public var needsTLS: Bool { handshake != .plain }

  /// What is left of it after some of its questions were answered; the opening comes always first.
  public func asking(without answered: Set<String>) -> ProbeSession {
    let kept = probes.enumerated().filter { $0.offset == 0 || !answered.contains($0.element.id) }
    let alone = kept.count { $0.offset < aloneCount }
    return ProbeSession(
      id: id, probes: kept.map(\.element), aloneCount: alone, window: window, scope: scope,
      handshake: handshake, silenceMicroseconds: silenceMicroseconds)
  }
}
