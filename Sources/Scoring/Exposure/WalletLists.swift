import Artifact

/// Public lists of servers that programs start with (`bootstrap.v1`), of which the wallets' are read. What
/// else its objects say is for people.
struct WalletLists: FieldObject {
  static let isOpen = true

  private(set) var lists: [WalletList] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("lists", &lists, .list(.object), "Lists, each of one network.")
  }

  /// Those of wallets on a chain.
  func ofWallets(on chain: String) -> [WalletList] {
    lists.filter { $0.network == chain && $0.usedBy == .wallets }
  }
}

/// A list that somebody publishes.
struct WalletList: FieldObject {
  static let isOpen = true

  /// Which programs start with a list.
  enum User: String, CaseIterable, Sendable {
    case wallets
    case servers
  }

  private(set) var name = ""
  private(set) var network = ""
  private(set) var usedBy = User.wallets
  private(set) var date = ""
  private(set) var servers: [Entry] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("name", &name, .text, "Name of the list.")
    f.required("network", &network, .text, "The chain that its servers follow.")
    f.field("used_by", &usedBy, .word, "Which programs start with it.")
    f.field("date", &date, .text, "Date of the newest state.")
    f.required("servers", &servers, .list(.object), "Its servers.")
  }

  /// A server of a list; without a port for TLS no wallet draws it.
  struct Entry: FieldObject {
    static let isOpen = true

    private(set) var host = ""
    private(set) var securePort: Int?

    init() {}

    mutating func fields<F: Fields>(_ f: inout F) {
      f.required("host", &host, .text, "A name or address.")
      f.field("ssl_port", &securePort, .nullable(.integer(1...65_535)), "A port.")
    }
  }
}
