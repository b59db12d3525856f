internal import Artifact

extension Habit {
  static let relay = Habit(
    "relay",
    "A relay forwards its clients' questions to the server of another, and copies its texts."
  ) { draft in
    draft.addNode("relayed")
    let texts: HabitDraft.Members = [
      draft.donation(), ("banner", .string("Welcome to \(draft.brand()).\n")),
      ("backend", .string("relayed")), ("software", .string("ElectrumX 1.18.0")),
    ]
    for id in ["relayed", "relay"] {
      draft.add(
        id, texts + [draft.certificate()],
        servers: [[HabitDraft.names("electrum.\(draft.brand()).example")]])
    }
  }
}
