internal import Artifact

/// A habit of people or operators that looks like another: a few servers beside a network's others.
struct Habit: Sendable {
  /// Its permanent word.
  let word: String
  /// What its servers do; one sentence.
  let statement: String
  let add: @Sendable (inout HabitDraft) -> Void

  init(
    _ word: String, _ statement: String, _ add: @escaping @Sendable (inout HabitDraft) -> Void
  ) {
    self.word = word
    self.statement = statement
    self.add = add
  }

  /// In the order in which they are added.
  static let all: [Habit] = [
    authorityCustomer, domainTakenOver, dynamicNames, firstBoot, fleetOverWeeks, oneAddress,
    ownIssuer, platformCare, relay, renewedKeys, rentedNode, tutorialFollowers, userGroup,
  ]

  static func named(_ word: String) -> Habit? { all.first { $0.word == word } }
}
