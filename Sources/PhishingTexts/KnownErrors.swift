/// What honest errors are known to say: parts of texts, in lower case.
public struct KnownErrors: Sendable, Equatable {
  /// Parts of what releases of servers really said: their markup is no forgery.
  public private(set) var releases: [String]
  /// Parts of the pages that proxies send when the server behind them fails.
  public private(set) var gateways: [String]

  public init(releases: [String], gateways: [String]) {
    self.releases = releases.map { $0.lowercased() }
    self.gateways = gateways.map { $0.lowercased() }
  }

  /// What the program contains. ElectrumX warned old clients in markup, in the error of a broadcast that had
  /// succeeded, with a link to the wallet's own site (its sources of 2019 to 2025); status lines are those of
  /// RFC 9110 as nginx and others word them.
  public static let contained = KnownErrors(
    releases: ["your transaction was successfully broadcast"],
    gateways: [
      "400 bad request", "403 forbidden", "404 not found", "405 not allowed",
      "429 too many requests", "500 internal server error", "502 bad gateway", "503 service",
      "504 gateway",
    ])

  /// With others beside them.
  public func adding(_ others: KnownErrors) -> KnownErrors {
    KnownErrors(
      releases: releases + others.releases.filter { !releases.contains($0) },
      gateways: gateways + others.gateways.filter { !gateways.contains($0) })
  }
}
