internal import Artifact

extension Habit {
  static let rentedNode = Habit(
    "rented-node", "Strangers rent the node behind their servers from one service."
  ) { draft in
    draft.addNode("rented")
    for number in 1...6 {
      draft.add(
        "rented-\(number)", [draft.certificate(), ("backend", .string("rented"))],
        servers: [[HabitDraft.names("electrum.\(draft.brand()).example")]])
    }
  }
}
