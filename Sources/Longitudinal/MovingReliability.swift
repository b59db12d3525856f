import Foundation

/// Reliability as Bitcoin's DNS seeders keep it (P. Wuille, bitcoin-seeder, `CAddrStat::Update`).
///
/// An observation that comes `age` seconds after the last one, with time constant τ and
/// f = exp(-age/τ), makes of what was there:
///
///     reliability ← reliability·f + (up ? 1 - f : 0)
///     count       ← count·f + 1
///     weight      ← weight·f + (1 - f)
///
/// The first has an age of 1000 s, the seeders' shortest time between two tries. Each observation thus
/// stands for the time since the one before it, and observations that do not count only let it pass.
/// `reliability / weight` is the weighted share, and `reliability - weight + 1` what it could be at best.
public struct MovingReliability: Sendable, Equatable {
  /// Age of a first observation. Unit: s.
  public static let firstAge = 1000.0

  /// The time constants of the seeders. Unit: s.
  public static let timeConstants: [Double] = ([2, 8, 24, 7 * 24, 30 * 24] as [Double])
    .map { $0 * 3600 }

  public private(set) var reliability = 0.0
  public private(set) var count = 0.0
  public private(set) var weight = 0.0

  public init() {}

  /// - Parameters:
  ///   - age: time since the last observation that counted; negative counts as none. Unit: s.
  ///   - timeConstant: τ. Unit: s.
  public mutating func take(isUp: Bool, age: Double, timeConstant: Double) {
    let factor = exp(-max(age, 0) / timeConstant)
    reliability = reliability * factor + (isUp ? 1 - factor : 0)
    count = count * factor + 1
    weight = weight * factor + (1 - factor)
  }
}
