internal import Artifact

extension Habit {
  static let tutorialFollowers = Habit(
    "tutorial-followers",
    "Strangers copy a donation address, the words of a certificate and ports from one page."
  ) { draft in
    let donation = draft.donation()
    for number in 1...8 {
      draft.add(
        "tutorial-\(number)",
        [
          donation, ("banner", .string("My own Electrum server, after the guide.\n")),
          draft.certificate([("organization", .string("Crypto Guides"))]),
        ],
        servers: [
          [
            HabitDraft.names("electrum.\(draft.brand()).example"), ("tcp_port", .integer(51_101)),
            ("ssl_port", .integer(51_102)),
          ]
        ])
    }
  }
}
