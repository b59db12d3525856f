internal import Artifact

extension Habit {
  static let fleetOverWeeks = Habit(
    "fleet-over-weeks",
    "An operator sets its servers up over weeks, and each makes its certificate on that day."
  ) { draft in
    let brand = draft.brand()
    let first = draft.days(200...900)
    let donation = draft.donation()
    let servers = (1...6).map { number in
      [
        HabitDraft.names("electrum\(number).\(brand).example"),
        draft.certificate([("age_days", .integer(first - number * draft.days(4...9)))]),
      ]
    }
    draft.add("over-weeks", kind: .farm, [donation], servers: servers)
  }
}
