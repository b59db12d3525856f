/// The part of a result's type skeleton that software decides: what lists hold and what stands under
/// keys that are data depends on the time and on the operator, so that neither is in it.
enum ResultFrame {
  /// - Parameter skeleton: `normalized.exchanges`, column `result_skeleton`.
  static func frame(of skeleton: String) -> String {
    var frame = String.UnicodeScalarView()
    var depth = 0
    /// Depth of the list, or of the object with the key that is data, whose content is left out.
    var hidden: (depth: Int, isList: Bool)?
    for scalar in skeleton.unicodeScalars {
      switch scalar {
      case "[", "{":
        depth += 1
        if hidden != nil { continue }
        frame.append(scalar)
        if scalar == "[" { hidden = (depth, true) }
      case "]", "}":
        if let place = hidden, place.depth == depth { hidden = nil }
        depth -= 1
        if hidden == nil { frame.append(scalar) }
      case "*":
        if hidden == nil { hidden = (depth, false) }
      case ",":
        if let place = hidden {
          if !place.isList, place.depth == depth { hidden = nil }
        } else {
          frame.append(scalar)
        }
      default:
        if hidden == nil { frame.append(scalar) }
      }
    }
    return withoutSettings(String(frame))
  }

  /// An operator who sets a limit for `pruning` changes its type.
  private static func withoutSettings(_ frame: String) -> String {
    ["null", "number"].reduce(frame) {
      $0.replacing("pruning:" + $1, with: "pruning:null or number")
    }
  }
}
