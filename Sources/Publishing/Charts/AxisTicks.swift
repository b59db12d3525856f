internal import Artifact

/// Marks of an axis from zero: multiples of 1, 2 or 5 times a power of ten (Heckbert 1990, nice numbers).
struct AxisTicks {
  /// From zero upwards; the last one is no less than the greatest value.
  let values: [Double]

  /// - Parameters:
  ///   - most: the greatest value that is drawn.
  ///   - steps: about how many steps there are.
  ///   - isCount: true where no value lies between two whole numbers.
  init(upTo most: Double, steps: Int = 5, isCount: Bool) {
    let target = max(most.isFinite ? most : 0, isCount ? 1 : 1e-9)
    let step = Self.step(atLeast: target / Double(max(steps, 1)), isCount: isCount)
    let count = Int((target / step - 1e-9).rounded(.up))
    values = (0...max(count, 1)).map { (Double($0) * step).rounded(significantDigits: 12) }
  }

  var greatest: Double { values[values.count - 1] }

  private static func step(atLeast least: Double, isCount: Bool) -> Double {
    var power = isCount ? 1.0 : 1e-12
    while power * 10 <= least { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= least * (1 - 1e-9) } ?? power * 10
  }

  /// How a mark is written.
  static func text(_ value: Double) -> String {
    value >= 1000 ? NumberText.count(Int(value)) : NumberText.decimal(value)
  }
}
