internal import Artifact

extension Habit {
  static let firstBoot = Habit(
    "first-boot",
    "Customers of one image start it on the day of its release, and each machine makes its key then."
  ) { draft in
    let age = draft.days(100...700)
    for number in 1...10 {
      let certificate = draft.certificate([
        ("age_days", .integer(age)), ("common_name", .string("localhost")),
        ("valid_days", .integer(3_000)),
      ])
      draft.add(
        "first-boot-\(number)", kind: .appliance,
        [("software", .string("Fulcrum 1.12.0")), certificate], servers: [[]])
    }
  }
}
