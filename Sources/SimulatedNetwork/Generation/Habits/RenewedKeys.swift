internal import Artifact

extension Habit {
  static let renewedKeys = Habit(
    "renewed-keys", "Servers of one operator have a key of their own each, and a new one every day."
  ) { draft in
    let brand = draft.brand()
    let donation = draft.donation()
    let servers = (1...3).map { number in
      [
        HabitDraft.names("electrum\(number).\(brand).example"),
        draft.certificate([("valid_days", .integer(30)), ("renew_days", .integer(1))]),
      ]
    }
    draft.add("renewed-keys", kind: .pro, [donation], servers: servers)
  }
}
