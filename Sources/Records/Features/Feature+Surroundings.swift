import Artifact

/// Features of what a server says, of its backend, its peers, and of where it stands.
extension Feature {
  var ofWords: FeatureDefinition {
    switch self {
    case .bannerMaskSHA256:
      .init(
        "banner_mask_sha256", .config, .categorical, .yes, [.linkage, .suspicion], .text,
        absent: "it has no banner",
        "SHA-256 of its banner with versions, numbers, dates and addresses masked.")
    case .bannerIsDefault:
      .init(
        "banner_is_default", .config, .categorical, .yes, [.linkage, .suspicion], .boolean,
        absent: "it has no banner", "Whether that is the default of an implementation.")
    case .bannerIsOrdinary:
      .init(
        "banner_is_ordinary", .config, .categorical, .yes, [.linkage, .suspicion], .boolean,
        absent: "it has no banner",
        "Whether that is a greeting, the name of software or so short a text that strangers write it alike."
      )
    case .donationCustom:
      .init(
        "donation_custom", .config, .categorical, .yes, [.linkage, .suspicion], .text,
        absent:
          "it has none, it is no destination of payments, or strangers share it: see donation_is_default",
        "Destinations of payments in its donation text that no implementation, tutorial or standard has, each in one spelling, sorted, a space between two."
      )
    case .donationIsDefault:
      .init(
        "donation_is_default", .config, .categorical, .yes, [.linkage, .suspicion], .boolean,
        absent: "it has no donation address",
        "Whether its donation text names only destinations that strangers share: defaults of implementations, examples of tutorials and standards, placeholders, and what nobody can spend from."
      )
    case .pruning:
      .init(
        "pruning", .config, .numeric, .yes, [.linkage, .suspicion], .integer,
        absent: "no limit", "server.features: pruning.")
    default:
      .init(
        "contacts", .config, .set, .yes, [.linkage, .suspicion], .texts,
        absent: "its texts name none",
        "Ways to reach somebody, as `kind token`, that its banner and donation text name, where these are no defaults: see `normalized.contacts`."
      )
    }
  }

  var ofHosts: FeatureDefinition {
    switch self {
    case .hostsClaimed:
      .init(
        "hosts_claimed", .config, .set, .yes, [.linkage, .suspicion], .texts,
        absent: "server.features names none",
        "Names and addresses in its own server.features: hosts.")
    case .hostsPorts:
      .init(
        "hosts_ports", .config, .set, .yes, [.linkage], .texts,
        absent: "server.features names none",
        "Ports of all of these together, as `transport:port`, those of WebSocket included.")
    default:
      .init(
        "hosts_kinds", .config, .set, .yes, [.linkage], .texts,
        absent: "server.features names none", "Kinds of these: ip4, ip6, name, onion.")
    }
  }

  var ofBackend: FeatureDefinition {
    switch self {
    case .genesisHash:
      .init(
        "genesis_hash", .backend, .categorical, .yes, [.linkage, .suspicion], .text,
        "server.features: genesis_hash, where it is a hash.")
    case .tipHeight:
      .init(
        "tip_height", .backend, .numeric, .partly, [.linkage, .suspicion], .integer, unit: "blocks",
        "Height of the last header tip that it gave.")
    case .tipHash:
      .init(
        "tip_hash", .backend, .categorical, .partly, [.linkage, .suspicion], .text,
        "Hash of that header.")
    case .relayFee:
      .init(
        "relay_fee", .backend, .numeric, .hardly, [.linkage, .suspicion],
        .number(significantDigits: 9), unit: "sat/vB", "Least fee rate that its node relays.")
    case .incrementalRelayFee:
      .init(
        "incremental_relay_fee", .backend, .numeric, .hardly, [.linkage, .suspicion],
        .number(significantDigits: 9), unit: "sat/vB",
        "Fee rate by which a replacement must pay more.")
    default:
      .init(
        "full_rbf", .backend, .categorical, .hardly, [.linkage, .suspicion], .boolean,
        "Whether its node replaces transactions that do not signal it.")
    }
  }

  var ofTopology: FeatureDefinition {
    let uses: [FeatureDocumentation.Use] = [.linkage, .suspicion]
    return switch self {
    case .advertisers:
      .init(
        "advertisers", .topology, .numeric, .partly, [.linkage, .suspicion], .integer,
        "Sources that list the endpoint of it that most do. Depends on other servers.")
    case .firstHeardFrom:
      .init(
        "first_heard_from", .topology, .categorical, .partly, uses, .text,
        absent: "no source names it",
        "Kind of the source that named it first in the last scan: a list (bootstrap, import) or a server (peers). Depends on other servers."
      )
    case .peersAdvertised:
      .init(
        "peers_advertised", .topology, .numeric, .partly, uses, .integer,
        "Different peers, by address and name, in its replies to server.peers.subscribe.")
    case .peersSHA256:
      .init(
        "peers_sha256", .topology, .categorical, .partly, uses, .text, absent: "it names none",
        "SHA-256 over the set of those peers: see `normalized.servers`.")
    case .peersSketch:
      .init(
        "peers_sketch", .topology, .set, .partly, uses, .texts, absent: "it names none",
        "The 32 least of their digests, by which two sets of peers compare: see `normalized.servers`."
      )
    default:
      .init(
        "advertises_itself", .topology, .categorical, .yes, uses, .boolean,
        "Whether one of those peers has an address or a verified name of its own.")
    }
  }

  var ofInfrastructure: FeatureDefinition {
    switch self {
    case .networks:
      .init(
        "networks", .infrastructure, .set, .no, [.linkage], .texts, fold: .union,
        "Address families of its endpoints.")
    case .ports:
      .init(
        "ports", .config, .set, .yes, [.linkage], .texts, fold: .union,
        "Its ports as `transport:port`, listed or tried.")
    case .openPorts:
      .init(
        "open_ports", .config, .set, .yes, [.linkage], .texts, fold: .union,
        "Those of its ports that were reached, as `transport:port`.")
    case .names:
      .init(
        "names", .infrastructure, .set, .partly, [.linkage], .texts, fold: .union,
        absent: "it is known by addresses only",
        "Names that resolve to one of its addresses or that it claims itself.")
    case .registrableDomains:
      .init(
        "registrable_domains", .infrastructure, .set, .no, [.linkage], .texts, fold: .union,
        absent: "it has no verified name",
        "Registrable domains of those names; shared and dynamic-DNS names give none.")
    case .hostTemplates:
      .init(
        "host_templates", .infrastructure, .set, .partly, [.linkage], .texts, fold: .union,
        absent: "it has no verified name",
        "Forms of those names, digits masked.")
    case .prefixes:
      .init(
        "prefixes", .infrastructure, .set, .no, [.linkage], .texts, fold: .union,
        absent: "it has onion addresses only",
        "/24 (IPv4) and /64 (IPv6) prefixes of its addresses.")
    case .widePrefixes:
      .init(
        "wide_prefixes", .infrastructure, .set, .no, [.linkage], .texts, fold: .union,
        absent: "it has onion addresses only",
        "/16 (IPv4) and /48 (IPv6) prefixes of its addresses.")
    case .tenantPrefixes:
      .init(
        "tenant_prefixes", .infrastructure, .set, .no, [.linkage], .texts, fold: .union,
        absent: "no hoster of it is known to give a prefix to one tenant only",
        "Prefixes that the hoster gives to one tenant only (reference table).")
    case .asns:
      .init(
        "asns", .infrastructure, .set, .no, [.linkage], .texts, fold: .union,
        absent: "it has onion addresses only", "Autonomous systems of its addresses.")
    case .countries:
      .init(
        "countries", .infrastructure, .set, .no, [.linkage], .texts, fold: .union,
        absent: "it has onion addresses only", "Countries of its addresses, ISO 3166-1 alpha-2.")
    default:
      .init(
        "country", .infrastructure, .categorical, .no, [.linkage], .text,
        absent: "it has onion addresses only", "That country, where it is one.")
    }
  }
}
