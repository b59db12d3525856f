/// The destinations of payments in a text: each with its verdict, once, sorted.
public struct PaymentDestinations: Sendable, Equatable {
  /// The smallest, up to `DonationText.limit`; none where no part of the text has the form of one.
  public let verdicts: [DonationVerdict]
  /// How often each of `verdicts` stands in the text.
  public let counts: [DonationVerdict: Int]
  /// Different destinations that are left out.
  public let dropped: Int

  /// Reads the answer to `server.donation_address`, in which `name@host` is a Lightning address.
  public init(inAnswer text: String) {
    self.init(DonationText.counts(in: CleanText.scalars(of: text), isAnswer: true))
  }

  /// Reads running text, such as a banner, in which `name@host` is one only where it says so.
  public init(inBanner text: String) {
    self.init(
      CleanText.lines(of: text).reduce(into: [:]) {
        $0.merge(DonationText.counts(in: $1, isAnswer: false), uniquingKeysWith: +)
      })
  }

  private init(_ found: [DonationVerdict: Int]) {
    verdicts = Array(found.keys.sorted(by: DonationText.isBefore).prefix(DonationText.limit))
    let kept = Set(verdicts)
    counts = found.filter { kept.contains($0.key) }
    dropped = found.count - kept.count
  }
}
