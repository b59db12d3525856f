/// Where programs are honestly had from, and what links to programs look like.
public enum KnownPlaces {
  /// Sites and repositories of the wallet, of other wallets, of servers and of nodes: data. A link to
  /// one of them, or below it, is no phishing. Source: the projects' own documentation.
  public static let honest: [String] = [
    "electrum.org", "github.com/spesmilo", "raw.githubusercontent.com/spesmilo",
    "pypi.org/project/electrum", "pypi.org/project/e-x", "bitcoin.org", "bitcoincore.org",
    "github.com/bitcoin", "electrumx.readthedocs.io", "electrumx-spesmilo.readthedocs.io",
    "electrum-protocol.readthedocs.io", "electrum.readthedocs.io", "github.com/cculianu/fulcrum",
    "github.com/romanz/electrs", "github.com/chris-belcher", "github.com/bwt-dev", "bwt.dev",
    "github.com/blockstream", "github.com/mempool", "sparrowwallet.com",
    "github.com/sparrowwallet", "bluewallet.io", "github.com/bluewallet", "blockstream.com",
    "nunchuk.io", "mempool.space", "blockstream.info", "specter.solutions", "wasabiwallet.io",
    "trezor.io", "ledger.com", "coldcard.com", "bitbox.swiss", "foundation.xyz", "btcpayserver.org",
    "umbrel.com", "getumbrel.com", "start9.com", "mynodebtc.com", "raspiblitz.org",
    "ronindojo.io", "bisq.network", "getfloresta.org",
  ]

  /// Ends of names of programs and archives.
  static let programEndings: [String] = [
    ".exe", ".msi", ".dmg", ".pkg", ".apk", ".appimage", ".deb", ".rpm", ".zip", ".rar", ".7z",
    ".iso", ".bat", ".ps1", ".scr", ".jar", ".tar.gz", ".tgz",
  ]

  /// What names of false sites hold, besides calls.
  static let brands: [String] = ["electrum", "wallet", "bitcoin"]

  /// Ends of names that are taken for a link without a scheme or a path.
  static let topLevels: Set<String> = [
    "com", "net", "org", "io", "app", "bz", "info", "xyz", "example", "co", "dev", "site",
    "online", "top", "cc", "ru", "cn", "to", "ml", "tk", "ga", "gq", "cf", "link", "live",
    "download", "click", "onion",
  ]
}
