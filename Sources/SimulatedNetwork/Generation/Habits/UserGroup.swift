internal import Artifact

extension Habit {
  static let userGroup = Habit(
    "user-group", "People of a user group name each other's servers among their own hosts."
  ) { draft in
    let ids = (1...4).map { "user-group-\($0)" }
    for id in ids {
      let friends = ids.filter { $0 != id }.map { JSONValue.string("\($0)-1") }
      draft.add(
        id, [draft.certificate()],
        servers: [
          [
            HabitDraft.names("electrum.\(draft.brand()).example"), ("also_names", .array(friends)),
          ]
        ])
    }
  }
}
