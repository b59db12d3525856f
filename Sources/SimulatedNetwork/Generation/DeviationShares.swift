internal import Artifact
internal import Statistics

/// Deviations that the generator plants: the kinds alike often.
enum DeviationShares {
  static func draw(_ random: inout Xoshiro256StarStar) -> JSONValue {
    let kinds = all
    return .object(kinds[random.nextIndex(below: kinds.count)])
  }

  private static let phishing =
    "<b>Your wallet is out of date.</b> Update at https://wallet-update.example/ to send."

  private static let all: [[(String, JSONValue)]] = [
    [("kind", .string("stale-tip")), ("blocks", .integer(6))],
    [("kind", .string("false-tip"))],
    [("kind", .string("history-omission")), ("share", .number(0.3))],
    [("kind", .string("invented-transaction"))],
    [("kind", .string("corrupt-proof"))],
    [("kind", .string("false-status"))],
    [("kind", .string("missing-transactions")), ("share", .number(0.5))],
    [("kind", .string("false-fees")), ("factor", .number(10))],
    [("kind", .string("false-relay-fee")), ("factor", .number(50))],
    [("kind", .string("phishing-broadcast")), ("text", .string(phishing))],
    [("kind", .string("phishing-banner")), ("text", .string(phishing))],
    [("kind", .string("false-transaction-id"))],
    [("kind", .string("false-peers")), ("peers", .string("cohort"))],
    [("kind", .string("false-peers")), ("peers", .string("junk")), ("count", .integer(40))],
    [
      ("kind", .string("throttles-selectively")), ("script", .string("p2tr")),
      ("requests", .integer(1)),
    ],
    [
      ("kind", .string("differs-by-client")), ("client", .string("4.")),
      (
        "deviations",
        .array([.object([("kind", .string("history-omission")), ("share", .number(0.5))])])
      ),
    ],
  ]
}
