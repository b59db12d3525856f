internal import Artifact

extension Habit {
  static let oneAddress = Habit(
    "one-address", "Two strangers have their servers behind one address, with ports of their own."
  ) { draft in
    let site = draft.site()
    let address = JSONValue.string("127.\(site.prefix).239.\(draft.days(1...250))")
    for number in 1...2 {
      draft.add(
        "one-address-\(number)", kind: .appliance,
        [
          ("software", .string(number == 1 ? "ElectrumX 1.16.0" : "Fulcrum 1.12.0")),
          draft.certificate(),
        ],
        servers: [
          [
            ("site", .string(site.id)), ("address", address),
            ("tcp_port", .integer(50_000 + 1_000 * number + 1)),
            ("ssl_port", .integer(50_000 + 1_000 * number + 2)),
          ]
        ])
    }
  }
}
