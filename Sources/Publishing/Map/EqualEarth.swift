import Foundation

/// The Equal Earth projection (Šavrič, Patterson & Jenny 2018): areas are true.
enum EqualEarth {
  /// Half the width of the whole earth in units of its radius.
  static let halfWidth = 2.7066

  /// Degrees -> (right, up) in units of the earth's radius.
  static func project(longitude: Double, latitude: Double) -> (x: Double, y: Double) {
    let lambda = longitude * .pi / 180
    let theta = asin(3.0.squareRoot() / 2 * sin(latitude * .pi / 180))
    let square = theta * theta
    let sixth = square * square * square
    let slope =
      9 * 0.003796 * sixth * square + 7 * 0.000893 * sixth - 3 * 0.081106 * square + 1.340264
    let up = 0.003796 * sixth * square + 0.000893 * sixth - 0.081106 * square + 1.340264
    return (2 * 3.0.squareRoot() * lambda * cos(theta) / (3 * slope), up * theta)
  }
}
