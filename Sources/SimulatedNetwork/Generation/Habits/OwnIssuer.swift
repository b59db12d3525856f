internal import Artifact

extension Habit {
  static let ownIssuer = Habit(
    "own-issuer",
    "An operator of two domains signs the certificates of its servers with a key of its own."
  ) { draft in
    let brands = [draft.brand(), draft.brand()]
    let donation = draft.donation()
    let servers = (0..<6).map { number in
      [
        HabitDraft.names("rhein\(number).\(brands[number % 2]).example"),
        draft.certificate([
          ("issuer", .string("private")), ("issuer_name", .string("\(brands[0]) root")),
          ("issuer_organization", .string(brands[0])),
        ]),
      ]
    }
    draft.add("own-issuer", kind: .pro, [donation], servers: servers)
  }
}
