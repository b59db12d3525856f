internal import Artifact

extension Habit {
  static let domainTakenOver = Habit(
    "domain-taken-over",
    "A domain runs out after two epochs, and somebody else takes it for a server of his own."
  ) { draft in
    let brand = draft.brand()
    draft.add(
      "domain-before", [draft.certificate(), draft.donation()],
      servers: [[HabitDraft.names("electrum.\(brand).example"), ("leaves_epoch", .integer(2))]])
    draft.add(
      "domain-after", [draft.certificate(), draft.donation()],
      servers: [[HabitDraft.names("btc.\(brand).example"), ("joins_epoch", .integer(2))]])
  }
}
