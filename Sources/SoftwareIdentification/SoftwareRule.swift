internal import ElectrumProtocol
public import Records

/// One fact by which servers differ: what is looked at, which releases show it, and which do not.
///
/// A release that is in neither list does not show it: where it is observed, that release is
/// contradicted. What is not observed says nothing.
public struct SoftwareRule: Rule, Equatable {
  public static let family = RuleFamily.software

  /// What of a server's conduct a rule looks at. A release counts as shown by several aspects where
  /// rules of each of them fit: facts of one aspect come from one piece of a program.
  public enum Aspect: String, RuleGroup, CaseIterable {
    case wireStyle = "wire style"
    case negotiation
    case methods
    case errors = "error texts"
    case limits
  }

  /// Whose replies are looked at.
  public enum Probes: Sendable, Equatable {
    case any
    case named([String])
    /// All whose id begins so.
    case family(String)
  }

  /// What a field must be.
  public enum Match: Sendable, Equatable {
    case equals([String])
    case begins([String])
    case ends(String)
    case contains(String)
    case absent
  }

  public struct Test: Sendable, Equatable {
    public let field: ReplyObservation.Field
    public let match: Match
  }

  /// How much one observation proves.
  public enum Weight: Sendable, Equatable {
    /// The server's own words, or silence while later requests are answered.
    case shown
    /// A closed connection may be the network's: two such rules have to agree.
    case closing
  }

  public let id: RuleID
  public let aspect: Aspect
  public let probes: Probes
  /// All of them, of one reply.
  public let tests: [Test]
  /// Releases that show it.
  public let fits: [ReleaseSpan]
  /// Releases of which nothing is known.
  public let open: [ReleaseSpan]
  public let weight: Weight
  public let rationale: String
  public let source: RuleSource

  init(
    _ id: String, _ aspect: Aspect, _ probes: Probes, _ tests: [Test], fits: [ReleaseSpan],
    open: [ReleaseSpan] = [], weight: Weight = .shown, _ rationale: String, _ source: RuleSource
  ) {
    self.id = RuleID("software.\(id)")
    self.aspect = aspect
    self.probes = probes
    self.tests = tests
    self.fits = fits
    self.open = open
    self.weight = weight
    self.rationale = rationale
    self.source = source
  }

  /// What the rule says of a release where it is observed.
  enum Stand: Equatable {
    case fits, open, excluded
  }

  func stand(_ implementation: KnownImplementation, _ version: ProtocolVersion?) -> Stand {
    if fits.contains(where: { $0.contains(implementation, version) }) { return .fits }
    return open.contains { $0.contains(implementation, version) } ? .open : .excluded
  }

  /// The observed values of its fields where the reply shows it; nil elsewhere.
  func observed(in reply: ReplyObservation) -> String? {
    guard looksAt(reply.probe) else { return nil }
    var values: [String] = []
    for test in tests {
      guard let value = test.observed(in: reply) else { return nil }
      values.append(value)
    }
    return values.joined(separator: "; ")
  }

  private func looksAt(_ probe: String) -> Bool {
    switch probes {
    // What is read from several replies is no reply.
    case .any: probe != SoftwareObservations.rangesProbe
    case .named(let ids): ids.contains(probe)
    case .family(let prefix): probe.hasPrefix(prefix)
    }
  }
}

extension SoftwareRule.Test {
  func observed(in reply: ReplyObservation) -> String? {
    switch (reply[field], match) {
    case (.unknown, _): nil
    case (.absent, .absent): "none"
    case (.absent, _), (.value, .absent): nil
    case (.value(let value), _): isMet(by: value) ? value : nil
    }
  }

  private func isMet(by value: String) -> Bool {
    switch match {
    case .equals(let texts): texts.contains { $0.utf8.elementsEqual(value.utf8) }
    case .begins(let texts): texts.contains { value.utf8.starts(with: $0.utf8) }
    case .ends(let text): value.utf8.reversed().starts(with: text.utf8.reversed())
    case .contains(let text): value.contains(text)
    case .absent: false
    }
  }
}
