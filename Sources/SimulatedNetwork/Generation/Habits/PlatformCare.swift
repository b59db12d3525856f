internal import Artifact

extension Habit {
  static let platformCare = Habit(
    "platform-care",
    "A platform's contact stands in its customers' banners, and its zone in their names."
  ) { draft in
    let zone = "\(draft.brand()).test"
    for number in 1...10 {
      let label = "c\(1_000 + draft.days(0...900))x\(number)"
      draft.add(
        "platform-care-\(number)", kind: .platform,
        [
          ("banner", .string("Hosted for you. Help: care@\(zone)\n")), draft.certificate(),
        ], servers: [[HabitDraft.names("\(label).\(zone)")]])
    }
  }
}
