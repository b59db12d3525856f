public import Artifact

/// The comparable features of one server over the series.
public struct FeatureVector: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// Scans in which the server is listed or tried.
  public var scans: Int
  /// Scans in which it identified itself.
  public var scansAnswered: Int
  /// First scan that has it.
  public var firstScan: String
  /// Last scan that has it.
  public var lastScan: String
  /// True where it was reached in any scan.
  public var reached: Bool
  /// Implementation claimed in the last answer. nil: the value was not observed.
  public var software: String?
  /// Version claimed in the last answer. nil: the value was not observed.
  public var softwareVersion: String?
  /// Lowest protocol version it offers. nil: the value was not observed.
  public var protocolMin: String?
  /// Highest protocol version it offers. nil: the value was not observed.
  public var protocolMax: String?
  /// Its ports as `transport:port`.
  public var ports: [String]
  /// Whether a banner was observed.
  public var bannerStatus: ValueStatus
  /// SHA-256 of the masked banner. nil: absent or unknown.
  public var bannerMaskSHA256: String?
  /// True where the masked banner is an implementation's default. nil: absent or unknown.
  public var bannerIsDefault: Bool?
  /// Whether a donation address was observed.
  public var donationStatus: ValueStatus
  /// Donation address, where it is not an implementation's default. nil: absent, default or unknown.
  public var donationCustom: String?
  /// Registrable domains of its verified names.
  public var registrableDomains: [String]
  /// Forms of its verified names, digits masked.
  public var hostTemplates: [String]
  /// Issuer kind, key type and size, validity, subject template of its certificate. nil: no readable certificate.
  public var certificateProfile: String?
  /// Public keys of its certificates.
  public var spkiSHA256s: [String]
  /// Address families.
  public var networks: [String]
  /// /24 (IPv4) and /48 (IPv6) prefixes of its addresses.
  public var prefixes: [String]
  /// Prefixes that the hoster gives to one tenant only (reference table).
  public var tenantPrefixes: [String]
  /// Autonomous systems of its addresses.
  public var asns: [String]
  /// Country of its addresses where they agree. nil: not known or not one.
  public var country: String?
  /// Names and addresses in its own server.features hosts.
  public var hostsClaimed: [String]
  /// SHA-256 over the signatures of the probes covered. nil: no probe was answered.
  public var behaviourSignature: String?
  /// Probes that the signature covers.
  public var probesCovered: [String]
  /// Share of the plan's probes that were answered in any scan.
  public var coverage: Double

  public init(
    serverID: String, scans: Int, scansAnswered: Int, firstScan: String, lastScan: String,
    reached: Bool, software: String? = nil, softwareVersion: String? = nil,
    protocolMin: String? = nil, protocolMax: String? = nil, ports: [String] = [],
    bannerStatus: ValueStatus, bannerMaskSHA256: String? = nil, bannerIsDefault: Bool? = nil,
    donationStatus: ValueStatus, donationCustom: String? = nil, registrableDomains: [String] = [],
    hostTemplates: [String] = [], certificateProfile: String? = nil, spkiSHA256s: [String] = [],
    networks: [String] = [], prefixes: [String] = [], tenantPrefixes: [String] = [],
    asns: [String] = [], country: String? = nil, hostsClaimed: [String] = [],
    behaviourSignature: String? = nil, probesCovered: [String] = [], coverage: Double
  ) {
    self.serverID = serverID
    self.scans = scans
    self.scansAnswered = scansAnswered
    self.firstScan = firstScan
    self.lastScan = lastScan
    self.reached = reached
    self.software = software
    self.softwareVersion = softwareVersion
    self.protocolMin = protocolMin
    self.protocolMax = protocolMax
    self.ports = ports
    self.bannerStatus = bannerStatus
    self.bannerMaskSHA256 = bannerMaskSHA256
    self.bannerIsDefault = bannerIsDefault
    self.donationStatus = donationStatus
    self.donationCustom = donationCustom
    self.registrableDomains = registrableDomains
    self.hostTemplates = hostTemplates
    self.certificateProfile = certificateProfile
    self.spkiSHA256s = spkiSHA256s
    self.networks = networks
    self.prefixes = prefixes
    self.tenantPrefixes = tenantPrefixes
    self.asns = asns
    self.country = country
    self.hostsClaimed = hostsClaimed
    self.behaviourSignature = behaviourSignature
    self.probesCovered = probesCovered
    self.coverage = coverage
  }
}

extension FeatureVector {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("scans", .integer, "Scans in which the server is listed or tried."),
    Column("scans_answered", .integer, "Scans in which it identified itself."),
    Column("first_scan", .text, "First scan that has it."),
    Column("last_scan", .text, "Last scan that has it."),
    Column("reached", .boolean, "True where it was reached in any scan."),
    Column(
      "software", .text, "Implementation claimed in the last answer.",
      empty: "the value was not observed"),
    Column(
      "software_version", .text, "Version claimed in the last answer.",
      empty: "the value was not observed"),
    Column(
      "protocol_min", .text, "Lowest protocol version it offers.",
      empty: "the value was not observed"),
    Column(
      "protocol_max", .text, "Highest protocol version it offers.",
      empty: "the value was not observed"),
    Column("ports", .texts, "Its ports as `transport:port`."),
    Column("banner_status", .word(ValueStatus.words), "Whether a banner was observed."),
    Column(
      "banner_mask_sha256", .text, "SHA-256 of the masked banner.", empty: "absent or unknown"),
    Column(
      "banner_is_default", .boolean, "True where the masked banner is an implementation's default.",
      empty: "absent or unknown"),
    Column("donation_status", .word(ValueStatus.words), "Whether a donation address was observed."),
    Column(
      "donation_custom", .text, "Donation address, where it is not an implementation's default.",
      empty: "absent, default or unknown"),
    Column("registrable_domains", .texts, "Registrable domains of its verified names."),
    Column("host_templates", .texts, "Forms of its verified names, digits masked."),
    Column(
      "certificate_profile", .text,
      "Template of its first readable certificate: what certificates that one recipe makes have in common.",
      empty: "no readable certificate"),
    Column("spki_sha256s", .texts, "Public keys of its certificates."),
    Column("networks", .texts, "Address families."),
    Column("prefixes", .texts, "/24 (IPv4) and /48 (IPv6) prefixes of its addresses."),
    Column(
      "tenant_prefixes", .texts,
      "Prefixes that the hoster gives to one tenant only (reference table)."),
    Column("asns", .texts, "Autonomous systems of its addresses."),
    Column(
      "country", .text, "Country of its addresses where they agree.", empty: "not known or not one"),
    Column("hosts_claimed", .texts, "Names and addresses in its own server.features hosts."),
    Column(
      "behaviour_signature", .text, "SHA-256 over the signatures of the probes covered.",
      empty: "no probe was answered"),
    Column("probes_covered", .texts, "Probes that the signature covers."),
    Column(
      "coverage", .number(significantDigits: 6),
      "Share of the plan's probes that were answered in any scan."),
  ]

  public static let schema = ArtifactSchema(
    id: "features.features", version: 1, encoding: .csv, key: ["server_id"],
    summary: "One row a server: what can be compared.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.integer("scans", scans)
    encoder.integer("scans_answered", scansAnswered)
    encoder.text("first_scan", firstScan)
    encoder.text("last_scan", lastScan)
    encoder.boolean("reached", reached)
    encoder.text("software", software)
    encoder.text("software_version", softwareVersion)
    encoder.text("protocol_min", protocolMin)
    encoder.text("protocol_max", protocolMax)
    encoder.texts("ports", ports)
    encoder.text("banner_status", bannerStatus.rawValue)
    encoder.text("banner_mask_sha256", bannerMaskSHA256)
    encoder.boolean("banner_is_default", bannerIsDefault)
    encoder.text("donation_status", donationStatus.rawValue)
    encoder.text("donation_custom", donationCustom)
    encoder.texts("registrable_domains", registrableDomains)
    encoder.texts("host_templates", hostTemplates)
    encoder.text("certificate_profile", certificateProfile)
    encoder.texts("spki_sha256s", spkiSHA256s)
    encoder.texts("networks", networks)
    encoder.texts("prefixes", prefixes)
    encoder.texts("tenant_prefixes", tenantPrefixes)
    encoder.texts("asns", asns)
    encoder.text("country", country)
    encoder.texts("hosts_claimed", hostsClaimed)
    encoder.text("behaviour_signature", behaviourSignature)
    encoder.texts("probes_covered", probesCovered)
    encoder.number("coverage", coverage, significantDigits: 6)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    scans = try decoder.integer("scans")
    scansAnswered = try decoder.integer("scans_answered")
    firstScan = try decoder.text("first_scan")
    lastScan = try decoder.text("last_scan")
    reached = try decoder.boolean("reached")
    software = try decoder.optionalText("software")
    softwareVersion = try decoder.optionalText("software_version")
    protocolMin = try decoder.optionalText("protocol_min")
    protocolMax = try decoder.optionalText("protocol_max")
    ports = try decoder.texts("ports")
    bannerStatus = try decoder.word("banner_status", ValueStatus.self)
    bannerMaskSHA256 = try decoder.optionalText("banner_mask_sha256")
    bannerIsDefault = try decoder.optionalBoolean("banner_is_default")
    donationStatus = try decoder.word("donation_status", ValueStatus.self)
    donationCustom = try decoder.optionalText("donation_custom")
    registrableDomains = try decoder.texts("registrable_domains")
    hostTemplates = try decoder.texts("host_templates")
    certificateProfile = try decoder.optionalText("certificate_profile")
    spkiSHA256s = try decoder.texts("spki_sha256s")
    networks = try decoder.texts("networks")
    prefixes = try decoder.texts("prefixes")
    tenantPrefixes = try decoder.texts("tenant_prefixes")
    asns = try decoder.texts("asns")
    country = try decoder.optionalText("country")
    hostsClaimed = try decoder.texts("hosts_claimed")
    behaviourSignature = try decoder.optionalText("behaviour_signature")
    probesCovered = try decoder.texts("probes_covered")
    coverage = try decoder.number("coverage")
  }
}
