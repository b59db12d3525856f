/// Words for what wallets and owners of servers do in the simulation.
enum ExposureWording {
  /// How the main server is chosen.
  static func variant(_ word: String) -> String {
    switch word {
    case "race": "the first to be ready wins, as Electrum does"
    case "default-draw": "always the one drawn from the list"
    case "fixed-server": "half of the owners have fixed one"
    case "one-server": "a fifth have fixed one and allow no other"
    default: word
    }
  }

  static func unit(_ word: String) -> String {
    switch word {
    case "operator": "likely operator"
    case "operator.declared": "declared operator"
    case "operator.cohort": "deployed alike"
    default: word
    }
  }

  static func policy(_ word: String) -> String {
    switch word {
    case "status-quo": "Electrum as it is"
    case "one-per-as": "one connection a network (AS)"
    case "one-per-as-persistent-main": "one connection a network, main server kept"
    default: word
    }
  }

  static func placement(_ word: String) -> String {
    switch word {
    case "one-prefix": "in one prefix (/16)"
    case "one-as": "a prefix each, in one network"
    case "spread": "a network each"
    case "listed": "a network each, in the wallet's list"
    default: word
    }
  }
}
