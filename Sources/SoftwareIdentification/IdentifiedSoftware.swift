/// What a server's behaviour says of its software, whatever it claims.
public struct IdentifiedSoftware: Sendable, Equatable {
  public enum Status: String, Sendable, CaseIterable {
    /// One implementation is consistent, with enough for it.
    case identified
    /// Several are.
    case several
    /// One is, but too little was observed.
    case insufficient
    /// None is: software that is not in the book, or several behind one address.
    case none
  }

  /// An implementation that nothing contradicts.
  public struct Possibility: Sendable, Equatable {
    public let implementation: KnownImplementation
    /// nil: nothing is known of its releases.
    public let versions: ReleaseRange?
  }

  /// An implementation that is contradicted in every release.
  public struct Rejection: Sendable, Equatable {
    public let implementation: KnownImplementation
    /// Ids of the rules against it.
    public let rules: [String]
  }

  public let status: Status
  /// In the order of the book.
  public let possibilities: [Possibility]
  public let rejections: [Rejection]
  /// Every rule that was met, in the order of the book, and the observations that met it.
  public let findings: [Finding]
  /// A few that suffice to reject what is rejected, the strongest first.
  public let deciding: [Finding]
  let met: [MetRule]
  /// Whether enough speaks for what is left.
  let isSupported: Bool

  /// The one implementation; nil unless `status` is `identified`.
  public var implementation: KnownImplementation? {
    status == .identified ? possibilities.first?.implementation : nil
  }

  /// Its releases; nil unless `status` is `identified`.
  public var versions: ReleaseRange? {
    status == .identified ? possibilities.first?.versions : nil
  }

  init(
    possibilities: [Possibility], rejections: [Rejection], candidates: [SoftwareCandidate],
    met: [MetRule], isSupported: Bool
  ) {
    status =
      switch possibilities.count {
      case 0: .none
      case 1: isSupported ? .identified : .insufficient
      default: .several
      }
    self.isSupported = isSupported
    self.possibilities = possibilities
    self.rejections = rejections
    self.met = met
    findings = met.flatMap(\.findings)
    deciding = MetRule.deciding(candidates, met)
  }

  public static func == (a: IdentifiedSoftware, b: IdentifiedSoftware) -> Bool {
    a.status == b.status && a.possibilities == b.possibilities && a.rejections == b.rejections
      && a.findings == b.findings
  }
}
