internal import Artifact

extension Habit {
  private static let people = [
    "anna", "bertil", "casimir", "dolores", "elif", "fjodor", "greta", "hanako", "ines", "jussi",
  ]

  static let dynamicNames = Habit(
    "dynamic-names",
    "Strangers have names that they chose below the zone of a dynamic DNS service that is on no list."
  ) { draft in
    let zone = "\(draft.brand()).test"
    for person in people {
      draft.add(
        "dynamic-\(person)", kind: .appliance, [draft.certificate()],
        servers: [[HabitDraft.names("\(person).\(zone)")]])
    }
  }
}
