public import Artifact

/// What `collect` tells of one scan as a whole: the `observation` of its manifests.
///
/// A member that is absent, or is no such value, is as if nobody had said it: scans are evidence,
/// and the manifests of older ones stay as they are.
public struct Observation: FieldObject, Equatable {
  public var cause: String?
  public var complete: Bool?
  public var imported = false
  public var network: String?
  public var scan = ""
  public var simulated = false
  public var startedAt: String?
  public var vantage: String?
  public var conduct = Conduct()
  public var origin = Origin()

  public init() {}

  /// - Parameter json: the `observation` of a manifest.
  public init(_ json: JSONValue) {
    var reader = ObjectReader(json)
    fields(&reader)
  }

  public var json: JSONValue { ObjectWriter.json(of: self) }

  public mutating func fields<F: Fields>(_ f: inout F) {
    f.field("imported", &imported, .flag, "Whether it was taken over from somebody else's record.")
    f.field(
      "cause", &cause, .nullable(.text),
      "Why the crawl ended before it had tried all it knew; null: it did not.")
    f.field("complete", &complete, .flag, "Whether it tried all it knew.")
    f.field("network", &network, .text, "The chain that was measured.")
    f.field("scan", &scan, .text, "Name of the scan.")
    f.field("simulated", &simulated, .flag, "Whether it met a simulated network.")
    f.field(
      "started_at", &startedAt, .nullable(.text), "When it began, UTC; null: nobody says.")
    f.field("vantage", &vantage, .text, "The place that was measured from.")
    if imported {
      origin.fields(&f)
    } else {
      conduct.fields(&f)
    }
  }
}

extension Observation {
  /// How a scan of ours was made.
  public struct Conduct: Sendable, Equatable {
    public var allowedRanges: [String] = []
    public var clientName = ""
    public var clock: Clock?
    public var dropped: [String: Int] = [:]
    public var endedAt: String?
    public var outcomes: [String: Int] = [:]
    public var plan: String?
    public var planTurn = 0
    public var resumed = 0
    public var routes: [String] = []
    public var tls = TLSConduct()
    public var viaProxy: [String] = []

    mutating func fields<F: Fields>(_ f: inout F) {
      f.field(
        "allowed_ranges", &allowedRanges, .texts, "Ranges that a simulated network opened.")
      f.field("client_name", &clientName, .text, "What every connection said we are.")
      f.field(
        "clock", &clock, .nullable(.object),
        "Whether the machine's clock can have been right; null: the network was simulated.")
      f.field("dropped", &dropped, .counts, "Advertised peers not followed, by limit.")
      f.field("ended_at", &endedAt, .text, "When it ended, UTC.")
      f.field("outcomes", &outcomes, .counts, "Endpoints, by outcome.")
      f.field("plan", &plan, .text, "Id of what was asked.")
      f.field("plan_turn", &planTurn, .integer(0...Int.max), "Number of the scan in its series.")
      f.field(
        "resumed", &resumed, .integer(0...Int.max),
        "How often it was gone on with after an interruption.")
      f.field("routes", &routes, .texts, "Address families that had a route.")
      f.field("tls", &tls, .object, "How TLS was spoken.")
      f.field("via_proxy", &viaProxy, .texts, "Address families that went through the proxy.")
    }
  }

  /// What the tips that servers told say of the machine's clock.
  public struct Clock: FieldObject, Equatable {
    public var secondsAfterTip: Int?
    public var servers = 0
    public var verdict = ""

    public init() {}

    public mutating func fields<F: Fields>(_ f: inout F) {
      f.field(
        "seconds_after_tip", &secondsAfterTip, .nullable(.integer(Int.min...Int.max)),
        "By how much the clock was ahead of the common tip's header; null: too few agree.")
      f.field("servers", &servers, .integer(0...Int.max), "Servers that named the tip.")
      f.field("verdict", &verdict, .text, "Whether the clock can be right.")
    }
  }

  /// How TLS was spoken with every server.
  public struct TLSConduct: FieldObject, Equatable {
    private var minimumVersion = "TLSv1"
    private var securityLevel = 0
    private var verification = "recorded, never enforced"

    public init() {}

    public mutating func fields<F: Fields>(_ f: inout F) {
      f.field("minimum_version", &minimumVersion, .text, "Oldest version that was offered.")
      f.field("security_level", &securityLevel, .integer(0...5), "OpenSSL's level.")
      f.field("verification", &verification, .text, "What became of a certificate's faults.")
    }
  }
}
