internal import Artifact

extension Habit {
  static let authorityCustomer = Habit(
    "authority-customer",
    "A public authority that is on no list issues for an operator of several domains with one contact, and for strangers."
  ) { draft in
    let authority: HabitDraft.Members = [
      ("issuer", .string("authority")), ("issuer_name", .string("R7")),
      ("issuer_organization", .string("Open Certificates Trust")),
    ]
    let contact = "Write to ops@\(draft.brand()).example\n"
    let own = (0..<5).map { _ in [HabitDraft.names("electrum.\(draft.brand()).example")] }
    draft.add(
      "many-domains", kind: .pro,
      [("banner", .string(contact)), ("certificate", .object(authority))], servers: own)
    for number in 1...6 {
      draft.add(
        "authority-stranger-\(number)", [("certificate", .object(authority))],
        servers: [[HabitDraft.names("btc.\(draft.brand()).test")]])
    }
  }
}
