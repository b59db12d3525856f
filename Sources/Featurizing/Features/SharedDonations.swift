import Ordering
import ServerTexts

/// Tells what of a donation text is its operator's own: a destination of payments that no software,
/// tutorial or standard has in it.
struct SharedDonations {
  struct Reading {
    /// Destinations of its own, each once and in one spelling, sorted.
    let own: [String]
    /// Whether it names destinations, and all of them are shared by strangers.
    let isShared: Bool
  }

  /// So that texts that are never twice the same do not fill the memory.
  private static let mostKnown = 4096

  private let keys: Set<String>
  /// Further texts that are no destinations.
  private let texts: Set<String>
  private var known: [String: Reading] = [:]

  /// - Parameter further: texts beside the destinations of the list.
  init(further: Set<String>) {
    keys = Set(
      (SharedDonationList.entries.map(\.text) + further).flatMap { text in
        DonationText.verdicts(onAnswer: text).compactMap(\.destinationKey)
      })
    texts = Set(further.map { CleanText.clean($0) })
  }

  mutating func read(_ answer: String) -> Reading {
    if let reading = known[answer] { return reading }
    if known.count >= Self.mostKnown { known = [:] }
    let reading = reading(of: answer)
    known[answer] = reading
    return reading
  }

  private func reading(of answer: String) -> Reading {
    if texts.contains(CleanText.clean(answer)) { return Reading(own: [], isShared: true) }
    let verdicts = DonationText.verdicts(onAnswer: answer)
    var own: Set<String> = []
    var isShared = false
    for verdict in verdicts {
      if let key = verdict.destinationKey, keys.contains(key) {
        isShared = true
      } else if case .valid(let target) = verdict {
        if target.host != nil, PlaceholderName.isAddress(target.text) {
          isShared = true
        } else {
          own.insert(target.text)
        }
      }
    }
    return Reading(own: own.sorted(), isShared: isShared && own.isEmpty)
  }
}
