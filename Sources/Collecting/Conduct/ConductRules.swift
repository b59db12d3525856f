public import Addressing
public import Records

/// Whom a scan may contact, and how often (the rules of Measurement-Ethics, as code).
///
/// Pure: it is asked before every connection and before every name look-up.
public struct ConductRules: Sendable {
  public enum Verdict: Sendable, Equatable {
    case allowed
    /// The address is no global unicast address and no range opened it.
    case notContactable(AddressScope)
    case optedOut
    /// A public address, while the scan is of a simulated network.
    case outsideSimulation

    /// The outcome of an endpoint that must not be contacted; nil where it may.
    public var outcome: Outcome? {
      switch self {
      case .allowed: nil
      case .notContactable, .outsideSimulation: .untestedNotContactable
      case .optedOut: .untestedOptedOut
      }
    }
  }

  /// Ranges that a simulated network opens; nothing else is contacted then.
  public let simulatedRanges: [AddressRange]
  public internal(set) var optOut: OptOutList
  /// Between the end of one connection and the start of the next to one address.
  public let pause: Duration

  /// - Parameter simulatedRanges: not empty exactly when the scan is of a simulated network.
  public init(
    simulatedRanges: [AddressRange] = [], optOut: OptOutList = OptOutList(),
    pause: Duration = .seconds(1)
  ) {
    self.simulatedRanges = simulatedRanges
    self.optOut = optOut
    self.pause = pause
  }

  /// The same, and these are not contacted either.
  package func adding(_ optOut: OptOutList) -> ConductRules {
    var rules = self
    rules.optOut.formUnion(optOut)
    return rules
  }

  public var isSimulated: Bool { !simulatedRanges.isEmpty }

  public func verdict(on address: IPAddress) -> Verdict {
    if optOut.contains(address: address) { return .optedOut }
    if isSimulated {
      return simulatedRanges.contains { $0.contains(address) } ? .allowed : .outsideSimulation
    }
    let scope = AddressScope(address)
    return scope == .global ? .allowed : .notContactable(scope)
  }

  public func verdict(on name: HostName) -> Verdict {
    optOut.contains(name: name.text) ? .optedOut : .allowed
  }

  /// What may have one connection at a time: the /24 of an IPv4 address, the /48 of an IPv6
  /// address (servers add up the cost of such neighbours); an onion service by itself.
  public static func neighbourhood(of candidate: Candidate) -> Neighbourhood {
    guard let address = IPAddress(candidate.address) else { return .name(candidate.address) }
    return .range(AddressRange(address, length: address.isIPv4 ? 24 : 48))
  }
}

/// Endpoints that have one connection at a time between them. An endpoint lies in one of these.
public enum Neighbourhood: Sendable, Hashable {
  case range(AddressRange)
  case name(String)
}
